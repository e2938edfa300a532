/** A QR code, dark on white in light and dark alike: scanners want it so. */
export function Qr({ code, words }: { code: { path: string; size: number }; words: string }) {
  return (
    <svg class="qr" viewBox={`0 0 ${code.size} ${code.size}`} role="img" aria-label={words} shape-rendering="crispEdges">
      <rect width={code.size} height={code.size} fill="#fff" />
      <path d={code.path} fill="#000" />
    </svg>
  );
}
