package io.gristmill.mixing.ablation;

import java.util.List;

/** What an ablation tells of one size of model. */
public sealed interface Findings permits RatioFindings, MixtureFindings {
  /** Its name. */
  String size();

  /** Of each training. */
  long tokens();

  /** What the reader must know before believing the rest. */
  List<String> cautions();
}
