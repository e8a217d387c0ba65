/**
 * How the losses depend on the shares of a mixture, and which mixture is therefore the best to
 * train on.
 */
package io.gristmill.mixing.law.mixture;
