/** Which tokens are trained on, in which ratio and in which order. */
package io.gristmill.mixing;
