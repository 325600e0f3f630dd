/** The launcher and the panel above it. */
export const BUBBLE = `
:host([mode="bubble"]) {
  --x: var(--pc-offset-inline, 20px);
  --y: var(--pc-offset-block, 20px);
  display: contents;
}
.launcher, .panel {
  position: fixed;
  z-index: var(--pc-z, 2147483000);
  inset-inline-end: calc(var(--x) + env(safe-area-inset-right));
  inset-block-end: calc(var(--y) + env(safe-area-inset-bottom));
}
:host([position="start"]) :is(.launcher, .panel) {
  inset-inline: calc(var(--x) + env(safe-area-inset-left)) auto;
}
.launcher {
  display: grid;
  place-items: center;
  inline-size: 56px;
  block-size: 56px;
  padding: 0;
  border-radius: 50%;
  box-shadow: 0 2px 6px #0003, 0 8px 24px #0003;
}
.launcher:focus-visible { outline-offset: 2px }
.launcher svg { inline-size: 26px; block-size: 26px }
.badge {
  position: absolute;
  inset-block-start: -2px;
  inset-inline-end: -4px;
  min-inline-size: 22px;
  padding-inline: 5px;
  border: 2px solid var(--bg);
  border-radius: 99px;
  background: #c4281f;
  color: #fff;
  font-size: 12px;
  font-weight: 700;
  line-height: 18px;
}
.panel {
  inset-block-end: calc(var(--y) + 68px + env(safe-area-inset-bottom));
  inline-size: min(var(--pc-width, 376px), 100vw - 2 * var(--x));
  block-size: min(var(--pc-height, 640px), 100dvh - 88px - var(--y));
  border: 1px solid var(--line);
  border-radius: 16px;
  box-shadow: 0 4px 12px #0002, 0 16px 48px #0004;
  font-size: 14px;
  animation: rise .16s ease-out;
}
@keyframes rise {
  from { opacity: 0; transform: translateY(8px) }
}
@media (max-width: 479.98px) {
  :host([mode="bubble"]) .panel {
    inset: 0;
    inline-size: auto;
    block-size: auto;
    padding-block: env(safe-area-inset-top)
      max(env(safe-area-inset-bottom), var(--keyboard, 0px));
    border: 0;
    border-radius: 0;
  }
  .panel + .launcher { display: none }
}
`;
