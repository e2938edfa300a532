declare module 's3rver' {
  /** A small S3 server in memory and on disk. */
  class S3rver {
    constructor(options: Record<string, unknown>);
    run(): Promise<{ port: number }>;
    close(): Promise<void>;
  }
  export = S3rver;
}
