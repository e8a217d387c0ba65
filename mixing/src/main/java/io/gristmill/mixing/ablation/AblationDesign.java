package io.gristmill.mixing.ablation;

import java.util.List;

/** Which trainings an ablation compares, and so which question it answers. */
public sealed interface AblationDesign permits RatioDesign, MixtureDesign {
  /** Each mixture is trained once with each. */
  List<Long> seeds();
}
