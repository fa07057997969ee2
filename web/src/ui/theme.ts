import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const vermilion: MantineColorsTuple = [
  '#fcf3f0',
  '#f7e0da',
  '#eec0b5',
  '#e59c8c',
  '#de7f6b',
  '#d2604a',
  '#c0452f',
  '#a93420',
  '#8c2b1b',
  '#702318',
]

const warmGrey: MantineColorsTuple = [
  '#faf9f7',
  '#f4f2ef',
  '#eae7e2',
  '#dedad3',
  '#cdc8bf',
  '#a39c92',
  '#6b655c',
  '#544f48',
  '#3b3733',
  '#26231f',
]

const warmDark: MantineColorsTuple = [
  '#e4e0da',
  '#c6c1b9',
  '#aaa49b',
  '#8a847b',
  '#4d4843',
  '#3b3733',
  '#2c2927',
  '#1f1d1b',
  '#191716',
  '#131210',
]

const crimson: MantineColorsTuple = [
  '#fdf1f3',
  '#f9dde2',
  '#f1b9c3',
  '#e8929f',
  '#df7183',
  '#cf4a61',
  '#b92d47',
  '#a12039',
  '#851a2f',
  '#6a1726',
]

const amber: MantineColorsTuple = [
  '#fdf7e9',
  '#f9ebc9',
  '#f1d793',
  '#e7c05c',
  '#dcab35',
  '#c08f18',
  '#9c710c',
  '#7d5a08',
  '#664908',
  '#513a08',
]

const slate: MantineColorsTuple = [
  '#f1f5f8',
  '#dfe7ed',
  '#c0d0dc',
  '#9cb5c6',
  '#7d9db3',
  '#5f859e',
  '#476d86',
  '#38586e',
  '#2e495c',
  '#263c4b',
]

const pine: MantineColorsTuple = [
  '#f0f7f3',
  '#dcece3',
  '#b9d9c7',
  '#92c3a8',
  '#70ae8c',
  '#4f9471',
  '#387a59',
  '#2c6347',
  '#24513b',
  '#1e4231',
]

const chinese = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Noto Sans S Chinese"'

/** A long list of choices scrolls by itself, so that assistive technology knows it as one. */
const choices = { defaultProps: { withScrollArea: false, styles: { options: { maxHeight: 240, overflowY: 'auto' } } } }

/**
 * How everything looks: warm grey and white, one accent (vermilion), one radius, one spacing scale, text of 14 to 16 px.
 * Beside the accent there are four colours with one meaning each: crimson (must be mended), amber (look at it),
 * slate (for information), pine (done). None of them carries a meaning alone: a mark and a word stand beside.
 */
export const theme = createTheme({
  colors: { vermilion, gray: warmGrey, dark: warmDark, red: crimson, yellow: amber, blue: slate, green: pine },
  primaryColor: 'vermilion',
  primaryShade: { light: 7, dark: 7 },
  black: '#26231f',
  fontFamily: `system-ui, ${chinese}, sans-serif`,
  fontFamilyMonospace: `ui-monospace, Consolas, "DejaVu Sans Mono", ${chinese}, monospace`,
  fontSizes: { xs: '0.875rem', sm: '0.875rem', md: '0.9375rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.6', lg: '1.6', xl: '1.6' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '6px', sm: '6px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'md',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.4' },
      h2: { fontSize: '1.1875rem', lineHeight: '1.45' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.5' },
      h4: { fontSize: '1rem', lineHeight: '1.5' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    InputWrapper: {
      vars: () => ({
        label: {},
        description: { '--input-description-size': '0.875rem' },
        error: { '--input-error-size': '0.875rem' },
      }),
    },
    // Choices open beside their input and not at the end of the page, where they would belong to no part of it.
    Combobox: { defaultProps: { withinPortal: false, floatingStrategy: 'fixed' } },
    Select: choices,
    MultiSelect: choices,
    Autocomplete: choices,
    Anchor: { defaultProps: { underline: 'always' } },
    Badge: { defaultProps: { variant: 'light', tt: 'none', fw: 500 } },
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true }, multiline: true, maw: 320 } },
    Popover: { defaultProps: { shadow: 'md' } },
    Menu: { defaultProps: { shadow: 'md' } },
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': '关闭' } } },
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': '关闭' } } },
    Alert: { defaultProps: { variant: 'light' } },
  },
})

/** The variables of both schemes beyond those of the kit; `--zhibu-…` are for our own style sheets. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-placeholder': warmGrey[6],
    '--mantine-color-error': crimson[7],
    '--mantine-color-success': pine[7],
    '--mantine-color-disabled-color': warmGrey[6],
    '--zhibu-canvas': warmGrey[0],
    '--zhibu-surface': '#ffffff',
    '--zhibu-hover': warmGrey[1],
    '--zhibu-line': warmGrey[3],
    '--zhibu-accent': vermilion[7],
    '--zhibu-accent-soft': vermilion[0],
    '--zhibu-error': crimson[7],
    '--zhibu-error-soft': crimson[0],
    '--zhibu-warning': amber[7],
    '--zhibu-warning-soft': amber[0],
    '--zhibu-info': slate[7],
    '--zhibu-info-soft': slate[0],
    '--zhibu-done': pine[7],
    '--zhibu-done-soft': pine[0],
  },
  dark: {
    '--mantine-color-placeholder': warmDark[2],
    '--mantine-color-error': crimson[3],
    '--mantine-color-success': pine[3],
    '--mantine-color-disabled-color': warmDark[2],
    '--mantine-color-anchor': vermilion[3],
    '--zhibu-canvas': warmDark[8],
    '--zhibu-surface': warmDark[7],
    '--zhibu-hover': warmDark[6],
    '--zhibu-line': warmDark[4],
    '--zhibu-accent': vermilion[3],
    '--zhibu-accent-soft': '#33211d',
    '--zhibu-error': crimson[3],
    '--zhibu-error-soft': '#341e22',
    '--zhibu-warning': amber[3],
    '--zhibu-warning-soft': '#2f2716',
    '--zhibu-info': slate[3],
    '--zhibu-info-soft': '#1f272d',
    '--zhibu-done': pine[3],
    '--zhibu-done-soft': '#1b2a22',
  },
})
