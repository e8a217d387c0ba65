/** Laws of what data are worth to a training. */
package io.gristmill.mixing.law;
