/** Bytes of a WebAssembly page. */
export const PAGE = 65536;

/** The first page is the compiler's: it puts a kernel's static data there, which must not be written over. */
export const FIRST_FREE = PAGE;
