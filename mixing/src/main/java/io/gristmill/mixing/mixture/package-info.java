/**
 * Which shards are trained on and in which ratio: the configuration, the plan made of it with exact
 * integer weights and epochs, and {@code mixture.json}, which holds the plan.
 */
package io.gristmill.mixing.mixture;
