type Members = Record<string, unknown>;

/** The JSON merge patch (RFC 7396) that makes an object of another: what is the same is left out, what is gone is null. */
export function mergePatch(before: Members, after: Members): Members {
  const patch: Members = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const old = before[name];
    const now = after[name];
    if (isObject(old) && isObject(now)) {
      const inner = mergePatch(old, now);
      if (Object.keys(inner).length > 0) {
        patch[name] = inner;
      }
    } else if (JSON.stringify(old) !== JSON.stringify(now)) {
      patch[name] = now ?? null;
    }
  }
  return patch;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
