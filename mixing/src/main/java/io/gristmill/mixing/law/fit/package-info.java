/**
 * Curves through few and noisy losses: a law is its formula and the names of its inputs and
 * parameters, a fit is the law with numbers, what it was fitted on, and how far it can be trusted.
 */
package io.gristmill.mixing.law.fit;
