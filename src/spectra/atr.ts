import { toAbsorbance, toWavenumber } from './convert.js';
import { type Spectrum, withY } from './spectrum.js';

/** Refractive indices of the usual crystals in the mid infrared. */
export const ATR_CRYSTALS = { diamond: 2.4, ZnSe: 2.4, germanium: 4, silicon: 3.4, KRS5: 2.37 } as const;

export interface AtrOptions {
  /** Name of the crystal, or its refractive index. Default diamond, 2.4. */
  readonly crystal?: keyof typeof ATR_CRYSTALS | number;
  /** Angle of incidence in degrees. Default 45. */
  readonly angle?: number;
  /** Refractive index of the sample. Default 1.5, a polymer. */
  readonly sampleIndex?: number;
}

/**
 * Depth at which the evanescent field has fallen to 1/e, in µm: d = λ / (2π n₁ √(sin² θ − (n₂/n₁)²)).
 *
 * Harrick (1967), Internal Reflection Spectroscopy; Mirabella (1985), doi:10.1080/05704928508060428
 * @param wavenumber - in cm⁻¹.
 * @throws RangeError when light is not totally reflected at this angle.
 */
export function penetrationDepth(wavenumber: number, options: AtrOptions = {}): number {
  const { n1, sine, ratio } = geometry(options);
  return 1e4 / wavenumber / (2 * Math.PI * n1 * Math.sqrt(sine * sine - ratio * ratio));
}

/**
 * Thickness in µm of a film that absorbs as much in transmission as one reflection does, for unpolarised light and weak
 * absorption (Harrick's effective thickness, the mean of both polarisations).
 */
export function effectiveThickness(wavenumber: number, options: AtrOptions = {}): number {
  const { n1, sine, cosine, ratio } = geometry(options);
  const r2 = ratio * ratio;
  const s2 = sine * sine;
  const wavelength = 1e4 / wavenumber / n1;
  const perpendicular = (wavelength * ratio * cosine) / (Math.PI * (1 - r2) * Math.sqrt(s2 - r2));
  const parallel = (perpendicular * (2 * s2 - r2)) / ((1 + r2) * s2 - r2);
  return (perpendicular + parallel) / 2;
}

function geometry({ crystal = 'diamond', angle = 45, sampleIndex = 1.5 }: AtrOptions) {
  const n1 = typeof crystal === 'number' ? crystal : ATR_CRYSTALS[crystal];
  if (n1 === undefined)
    throw new RangeError(
      `crystal must be one of ${Object.keys(ATR_CRYSTALS).join(', ')} or a refractive index, but is "${crystal}"`,
    );
  const sine = Math.sin((angle * Math.PI) / 180);
  const ratio = sampleIndex / n1;
  if (!(sine > ratio && angle < 90))
    throw new RangeError(
      `light is not totally reflected at ${angle}° between indices ${n1} and ${sampleIndex}; the angle must be above ${((Math.asin(Math.min(1, ratio)) * 180) / Math.PI).toFixed(1)}°`,
    );
  return { n1, sine, cosine: Math.sqrt(1 - sine * sine), ratio };
}

export interface AtrCorrectionOptions extends AtrOptions {
  /** Number of reflections in the crystal. Default 1. */
  readonly reflections?: number;
  /** Film in µm whose transmission spectrum is wanted. Default: the one that leaves 1,000 cm⁻¹ as it is. */
  readonly pathLength?: number;
}

/**
 * An ATR spectrum as a transmission spectrum: absorbance × path length / (reflections × effective thickness), so that
 * bands at high wavenumbers, where the light goes less deep, gain height. Weak absorption and a constant refractive index
 * are assumed; band shifts by anomalous dispersion stay.
 */
export function atrCorrection(spectrum: Spectrum, options: AtrCorrectionOptions = {}): Spectrum {
  const { reflections = 1, pathLength = reflections * effectiveThickness(1000, options) } = options;
  const source = toWavenumber(toAbsorbance(spectrum));
  const atOne = reflections * effectiveThickness(1, options);
  return withY(
    source,
    source.y.map((value, i) => (value * pathLength * source.x[i]) / atOne),
  );
}
