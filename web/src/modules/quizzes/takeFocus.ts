/** As a `ref`: what comes onto the page takes the focus, so that keyboard and screen reader go on from there. */
export const takeFocus = (it: HTMLElement | null): void => it?.focus({ preventScroll: true })
