import type { Fault } from "./fault.ts";

/** Turns faults on and off while the sandbox runs. */
export interface FaultControl {
  /** Adds a fault after those that are there; the function that comes back removes it again. */
  readonly add: (fault: Fault) => () => void;
  /** Removes all faults. */
  readonly clear: () => void;
  /** The faults that can still strike. */
  readonly active: () => readonly Fault[];
}

/** The side of the control that the server looks at. */
export interface FaultSource {
  /** The faults that strike a request, in order: any number of latencies, then at most one other. Counts as striking. */
  readonly strike: (path: string) => readonly Fault[];
}

interface Armed {
  readonly fault: Fault;
  matched: number;
  struck: number;
}

const matches = (fault: Fault, path: string): boolean => {
  if (fault.on === undefined) return true;
  if (typeof fault.on === "string") return path.includes(fault.on);
  // A pattern with the g or y flag remembers where it stopped; each request starts anew.
  fault.on.lastIndex = 0;
  return fault.on.test(path);
};

const spent = ({ fault, struck }: Armed): boolean => fault.times !== undefined && struck >= fault.times;

const due = (armed: Armed, path: string): boolean => {
  if (spent(armed) || !matches(armed.fault, path)) return false;
  armed.matched += 1;
  if (armed.matched % (armed.fault.every ?? 1) !== 0) return false;
  armed.struck += 1;
  return true;
};

/** A control with its first faults. */
export const createFaultControl = (faults: readonly Fault[]): FaultControl & FaultSource => {
  let list: readonly Armed[] = [];
  const add = (fault: Fault): (() => void) => {
    const armed: Armed = { fault, matched: 0, struck: 0 };
    list = [...list, armed];
    return () => {
      list = list.filter((each) => each !== armed);
    };
  };
  for (const fault of faults) add(fault);
  return {
    add,
    clear: () => {
      list = [];
    },
    active: () => list.filter((armed) => !spent(armed)).map((armed) => armed.fault),
    strike: (path) => {
      const striking: Fault[] = [];
      for (const armed of list) {
        if (!due(armed, path)) continue;
        striking.push(armed.fault);
        if (armed.fault.kind !== "latency") break;
      }
      return striking;
    },
  };
};
