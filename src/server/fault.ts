/** A fault of ours in the operator's log: what it is, without its stack. Pure. */
export function describeFault(fault: unknown): string {
  return fault instanceof Error
    ? `${fault.name}: ${fault.message}`
    : String(fault);
}
