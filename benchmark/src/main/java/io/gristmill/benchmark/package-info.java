/**
 * The trainer beside libtorch: the same model with the same parameters on the same tokens, first
 * for its gradients, then for its speed. Nothing here is shipped.
 */
package io.gristmill.benchmark;
