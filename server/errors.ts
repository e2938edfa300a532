/** There is no such thing, or not for this person: answered as 404. */
export class NotFound extends Error {}

/** The thing may be seen, but this may not be done with it: 403. */
export class NotAllowed extends Error {}

/** Nobody is signed in: 401, or the sign-in page with the way back. */
export class SignInNeeded extends Error {}

/** Too many tries of something that can be guessed: 429. `retryAfter` in seconds. */
export class TooMany extends Error {
  readonly retryAfter: number;
  constructor(retryAfter: number) {
    super('too many');
    this.retryAfter = retryAfter;
  }
}

/** A rule says no: 409 with its code, whose words are the catalogue's `refusal.<code>`. */
export class Refused extends Error {
  readonly code: string;
  readonly params: Record<string, string | number>;
  constructor(code: string, params: Record<string, string | number> = {}) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

export interface FieldError {
  /** Dotted path of the field, as in the form: `categories.0.priceEarly`. */
  path: string;
  /** The catalogue's `invalid.<code>`. */
  code: string;
  params?: Record<string, string | number>;
}

/** What came in is wrong: 422 with every error. */
export class Invalid extends Error {
  readonly errors: FieldError[];
  constructor(errors: FieldError[]) {
    super(errors.map((error) => `${error.path}: ${error.code}`).join(', '));
    this.errors = errors;
  }
}
