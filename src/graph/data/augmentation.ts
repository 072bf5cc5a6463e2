/** How the rows of an input vary from epoch to epoch, by the input's name. */
export type Augmentation = Readonly<Record<string, ImageAugmentation | SpectrumAugmentation>>;

/** Of height × width × channels. */
export interface ImageAugmentation {
  readonly kind: 'image';
  /** Mirrors each second image. Default: none. */
  readonly flip?: 'horizontal' | 'vertical' | 'both';
  /** Turns by up to so many degrees either way; what comes in from outside repeats the edge. Default 0. */
  readonly rotate?: number;
  /** Cuts off up to this share of height and width and enlarges the rest. Default 0. */
  readonly crop?: number;
  /** Adds up to this much, either way. Default 0. */
  readonly brightness?: number;
  /** Multiplies the distance from the image's mean by 1 ± up to this much. Default 0. */
  readonly contrast?: number;
}

/** Of points × channels. */
export interface SpectrumAugmentation {
  readonly kind: 'spectrum';
  /** Moves along the axis by up to so many points either way. Default 0. */
  readonly shift?: number;
  /** The standard deviation of noise that is added to each point. Default 0. */
  readonly noise?: number;
  /** Adds a parabola that stays within ± this. Default 0. */
  readonly baseline?: number;
}

/**
 * Refuses settings that do not fit the inputs.
 * @param inputs - names and shapes, the rows left out.
 */
export function checkAugmentation(
  augmentation: Augmentation,
  inputs: readonly { readonly name: string; readonly shape: readonly number[] }[],
): void {
  for (const [name, settings] of Object.entries(augmentation)) {
    const input = inputs.find((one) => one.name === name);
    if (!input)
      throw new RangeError(
        `augment must name inputs (${inputs.map((one) => one.name).join(', ')}), but names "${name}"`,
      );
    const rank = { image: 3, spectrum: 2 }[settings.kind];
    if (rank === undefined)
      throw new TypeError(`augment.${name}.kind must be image or spectrum, but is ${settings.kind}`);
    if (input.shape.length !== rank)
      throw new RangeError(
        `augment.${name}: a row of an ${settings.kind === 'image' ? 'image' : 'input of spectra'} must have ${rank} axes, but has ${input.shape.length}`,
      );
    for (const [setting, value] of Object.entries(settings))
      if (typeof value === 'number' && !(value >= 0 && Number.isFinite(value)))
        throw new RangeError(`augment.${name}.${setting} must be finite and not negative, but is ${value}`);
    if (settings.kind === 'image' && (settings.crop ?? 0) >= 1)
      throw new RangeError(`augment.${name}.crop must be below 1, but is ${settings.crop}`);
  }
}
