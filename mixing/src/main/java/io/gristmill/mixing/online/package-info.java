/**
 * Weights that change while a run goes on, by what its losses say: the rule that changes them, the
 * sequences that each component gets until the next change, and the log of all that, which fixes
 * the order of the run afterwards.
 */
package io.gristmill.mixing.online;
