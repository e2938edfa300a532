// What every mail is drawn with. The dark has its own colours in the sheet of the layout.

export const FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', Roboto, Arial, sans-serif";
export const INK = '#18222b';
export const SOFT = '#4d5a66';
export const ACCENT = '#0c5a68';
export const TINT = '#f2f5f6';
export const LINE = '#c9d2d8';
