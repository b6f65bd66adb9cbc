/** Okabe & Ito 2008: told apart with every common colour blindness, and in grey print by lightness. */
export const PALETTE = {
  baseline: '#0072B2',
  optimized: '#D55E00',
  incumbent: '#767676',
  helped: '#009E73',
  hurt: '#D55E00',
  neutral: '#767676',
  target: '#222222',
  ink: '#1c1c1c',
  soft: '#5f6368',
  grid: '#e9eaec',
  axis: '#b8bbbf',
} as const;

/** Inter is bundled for the PNG; a viewer of the SVG takes the first that it has. */
export const FONT = "Inter, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";
