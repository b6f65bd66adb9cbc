import { defineConfig } from 'vitepress';

/** The site. A dead link fails the build. */
export default defineConfig({
  title: 'Pawl',
  description: 'Turns a diagnosis of a trained model into a better model, with proof.',
  cleanUrls: true,
  // Pictures that pages share with the README.
  srcExclude: ['node_modules/**'],
  markdown: { theme: { light: 'github-light', dark: 'github-dark' } },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Tutorial', link: '/tutorial' },
      { text: 'Guides', link: '/guides/any-script' },
      { text: 'Reference', link: '/reference/cli' },
    ],
    sidebar: [
      {
        text: 'Start',
        items: [
          { text: 'Five minutes', link: '/tutorial' },
          { text: 'What a verdict means', link: '/evidence' },
          { text: 'Reading the report', link: '/report' },
        ],
      },
      {
        text: 'Jobs',
        items: [
          { text: 'Diagnosing a training', link: '/diagnose' },
          { text: 'Iterating and finalizing', link: '/iterate' },
          { text: 'Sweeps', link: '/sweeps' },
          { text: 'MLflow and TensorBoard', link: '/tracking' },
          { text: 'Coding agents', link: '/agents' },
          { text: 'Troubleshooting', link: '/troubleshooting' },
        ],
      },
      {
        text: 'Stacks',
        items: [
          { text: 'Any script', link: '/guides/any-script' },
          { text: 'PyTorch', link: '/guides/pytorch' },
          { text: 'Lightning', link: '/guides/lightning' },
          { text: 'Hugging Face', link: '/guides/huggingface' },
          { text: 'Keras', link: '/guides/keras' },
          { text: 'scikit-learn', link: '/guides/scikit-learn' },
          { text: 'XGBoost and LightGBM', link: '/guides/xgboost' },
          { text: 'Hydra', link: '/guides/hydra' },
        ],
      },
      {
        text: 'Reference',
        items: [
          { text: 'Commands', link: '/reference/cli' },
          { text: 'pawl.yaml', link: '/reference/configuration' },
          { text: 'Log formats', link: '/formats' },
          { text: 'Passing changes in', link: '/overrides' },
          { text: 'Errors', link: '/reference/errors' },
          { text: 'Library', link: '/api/' },
        ],
      },
      {
        text: 'More',
        items: [
          { text: 'Benchmarks', link: '/benchmarks' },
          { text: 'Beside other tools', link: '/comparison' },
          { text: 'Extending Pawl', link: '/extending' },
        ],
      },
    ],
  },
});
