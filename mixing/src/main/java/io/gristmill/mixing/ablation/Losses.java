package io.gristmill.mixing.ablation;

/**
 * What a model has learnt, or how much it changed.
 *
 * @param general held-out loss on general text, nats per token
 * @param domain held-out loss on the domain, nats per token
 */
public record Losses(double general, double domain) {
  /** The change from {@code before} to these. */
  public Losses since(Losses before) {
    return new Losses(general - before.general, domain - before.domain);
  }
}
