/**
 * How the loss, the learning rate and the best vocabulary depend on the size of a model and on the
 * tokens that it sees, once or repeatedly.
 */
package io.gristmill.mixing.law.scaling;
