/**
 * How much of a domain to mix into training that goes on from a general model: the losses by ratio
 * and tokens, and the largest ratio at which the model does not forget.
 */
package io.gristmill.mixing.law.ratio;
