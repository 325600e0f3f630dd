/** The launcher and the panel above it. */
export const BUBBLE = `
:host([mode="bubble"]) {
  --x: calc(var(--pc-offset-inline, 20px) + env(safe-area-inset-right));
  --y: calc(var(--pc-offset-block, 20px) + env(safe-area-inset-bottom));
  display: contents;
}
:host([hidden]) { display: none }
.launcher, .panel {
  position: fixed;
  z-index: var(--pc-z, 2147483000);
  inset-inline-end: var(--x);
  bottom: var(--y);
}
:host([position="start"]) :is(.launcher, .panel) { inset-inline: var(--x) auto }
.launcher {
  width: 56px;
  height: 56px;
  border-radius: 50%;
  font-size: 20px;
  outline-offset: 2px;
}
/* A speech balloon, all edge: of backgrounds nothing is left where the system chooses the colours. */
.launcher[aria-expanded="false"]::before {
  content: "";
  border: solid;
  border-width: 10px 12px;
  border-radius: 8px 8px 8px 0;
}
.badge {
  position: absolute;
  top: -2px;
  inset-inline-end: -4px;
  min-width: 22px;
  padding-inline: 5px;
  border-radius: 99px;
  background: var(--danger);
  color: var(--bg);
  font-size: 13px;
}
.panel {
  bottom: calc(var(--y) + 68px);
  width: min(var(--pc-width, 376px), 100vw - 2 * var(--x));
  height: min(var(--pc-height, 640px), 100dvh - 88px - var(--y));
  border-width: 1px;
  border-radius: 16px;
}
@media (prefers-reduced-motion: no-preference) {
  .panel { animation: open .16s ease-out }
  @keyframes open { from { opacity: 0; translate: 0 12px } }
}
@media (max-width: 479.98px) or (max-height: 479.98px) {
  :host([mode]) .panel {
    inset: 0;
    width: auto;
    height: auto;
    padding-block: env(safe-area-inset-top)
      max(env(safe-area-inset-bottom), var(--keyboard, 0px));
    border-width: 0;
    border-radius: 0;
  }
  .panel + .launcher { display: none }
}
`;
