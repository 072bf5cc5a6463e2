/** One band of a polymer: where it is, how wide (full width at half maximum), how high beside the highest. */
export interface PolymerBand {
  /** cm⁻¹ */
  readonly position: number;
  /** cm⁻¹ */
  readonly width: number;
  readonly height: number;
  /** The vibration, as textbooks assign it; empty where they differ. */
  readonly assignment: string;
}

const band = (position: number, width: number, height: number, assignment = ''): PolymerBand => ({
  ...{ position, width, height, assignment },
});

/**
 * Bands of the six polymers that most microplastics are, positions, widths and heights measured on reference spectra with
 * the highest band as 1; where a width was not measured, 12 cm⁻¹. Assignments are textbook knowledge.
 */
export const POLYMER_BANDS = {
  PE: [
    ...[band(2916, 24, 1, 'CH₂'), band(2849, 13, 0.84, 'CH₂'), band(1468, 19, 0.28, 'CH₂ bend')],
    ...[band(1375, 12, 0.02, 'CH₃'), band(719, 16, 0.28, 'CH₂ rock')],
  ],
  PP: [
    ...[band(2951, 16, 0.8, 'CH₃'), band(2918, 37, 1, 'CH₂'), band(2870, 15, 0.52), band(2837, 12, 0.48)],
    ...[band(1456, 24, 0.5, 'CH₂ bend'), band(1375, 12, 0.69, 'CH₃ bend'), band(1167, 22, 0.11)],
    ...[band(997, 11, 0.1), band(974, 12, 0.14), band(841, 12, 0.1), band(808, 12, 0.07)],
  ],
  PS: [
    ...[
      band(3059, 13, 0.06),
      band(3026, 17, 0.13, '=C–H'),
      band(2920, 40, 0.15, 'CH₂'),
      band(2849, 12, 0.06),
    ],
    ...[
      band(1601, 13, 0.12, 'ring'),
      band(1493, 11, 0.26, 'ring'),
      band(1450, 15, 0.28),
      band(1028, 16, 0.12),
    ],
    ...[band(906, 12, 0.08), band(752, 30, 0.43), band(694, 17, 1, 'ring C–H'), band(538, 30, 0.37)],
  ],
  PET: [
    ...[band(1715, 24, 1, 'C=O'), band(1504, 12, 0.06), band(1410, 14, 0.18), band(1340, 12, 0.23)],
    ...[band(1246, 47, 0.97, 'C–O'), band(1098, 54, 0.81, 'C–O'), band(1018, 12, 0.42), band(970, 12, 0.14)],
    ...[band(872, 14, 0.27), band(847, 12, 0.14), band(723, 20, 0.97, 'ring C–H')],
  ],
  PA: [
    ...[band(3296, 77, 0.26, 'N–H'), band(3080, 45, 0.05), band(2920, 39, 0.58, 'CH₂'), band(2853, 17, 0.4)],
    ...[band(1636, 36, 1, 'amide I'), band(1539, 39, 0.84, 'amide II'), band(1464, 44, 0.37)],
    ...[
      band(1368, 12, 0.2),
      band(1236, 60, 0.24),
      band(1175, 12, 0.14),
      band(721, 12, 0.33),
      band(581, 12, 0.23),
    ],
  ],
  PVC: [
    ...[
      band(2970, 12, 0.06),
      band(2914, 33, 0.3, 'CH₂'),
      band(2851, 12, 0.13),
      band(1732, 25, 0.44, 'plasticiser'),
    ],
    ...[
      band(1429, 23, 0.63, 'CH₂ bend'),
      band(1331, 25, 0.31),
      band(1252, 38, 0.63, 'C–H'),
      band(1098, 35, 0.21),
    ],
    ...[band(964, 28, 0.49), band(698, 28, 0.58, 'C–Cl'), band(610, 47, 1, 'C–Cl')],
  ],
} as const satisfies Record<string, readonly PolymerBand[]>;

export type PolymerName = keyof typeof POLYMER_BANDS;
