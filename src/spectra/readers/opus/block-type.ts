/** What an OPUS block holds, unpacked from the bits of its type. */
export interface OpusBlockType {
  /** `sample`, `reference`, or their ratio: a finished spectrum. */
  readonly source: 'sample' | 'reference' | 'ratio' | 'none';
  /** Code of the parameters; 0 for the data themselves, 1 for the parameters that describe data. */
  readonly parameters: number;
  readonly data: number;
  /** 0, or which derivative. */
  readonly derivative: number;
}

const SOURCES = ['none', 'sample', 'reference', 'ratio'] as const;

export const blockType = (bits: number): OpusBlockType => ({
  source: SOURCES[(bits >>> 2) & 3],
  parameters: (bits >>> 4) & 63,
  data: (bits >>> 10) & 127,
  derivative: (bits >>> 17) & 3,
});

/** Short names as OPUS shows them, by the code of the data. */
const NAMES: Readonly<Record<number, string>> = {
  ...{ 1: 'Sc', 2: 'Ig', 3: 'Ph', 4: 'AB', 5: 'TR', 6: 'KM', 7: 'Tr', 8: 'GcIg', 9: 'GcSc', 10: 'RAM' },
  ...{ 11: 'EMI', 12: 'REF', 14: 'PW', 15: 'LOGR', 16: 'ATR', 17: 'PAS' },
};

const SUFFIX = { sample: 'Sm', reference: 'Rf', ratio: '', none: '' } as const;

export const blockName = ({ data, source }: OpusBlockType): string =>
  `${NAMES[data] ?? `data${data}`}${SUFFIX[source]}`;

/** Codes of finished spectra, the wanted one first; then single beams. */
export const PREFERENCE: readonly number[] = [4, 10, 15, 6, 16, 17, 5, 12, 11, 1, 14];

export const Y_UNITS: Readonly<Record<number, string>> = {
  ...{ 1: 'single beam', 4: 'absorbance', 5: 'transmittance', 6: 'Kubelka-Munk', 10: 'intensity' },
  ...{ 11: 'intensity', 12: 'reflectance', 14: 'single beam', 15: 'log(1/R)', 16: 'absorbance' },
  17: 'photoacoustic',
};

export const PARAMETER_NAMES: Readonly<Record<number, string>> = {
  ...{ 2: 'instrument', 3: 'acquisition', 4: 'fourier transform', 5: 'plot', 6: 'processing' },
  ...{ 7: 'gc', 8: 'library search', 9: 'communication', 10: 'sample' },
};
