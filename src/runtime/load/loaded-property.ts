/** As an own property: the prototype's tells that nothing was loaded. */
export function setLoaded(record: object, name: string, value: unknown): void {
  Object.defineProperty(record, name, { value, writable: true, enumerable: true, configurable: true });
}

/** Was the relationship of this record loaded? */
export function isLoaded(record: object, name: string): boolean {
  return Object.hasOwn(record, name);
}
