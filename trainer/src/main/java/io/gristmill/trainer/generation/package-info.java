/** Text from a trained model: sampling that a seed reproduces and that never breaks UTF-8. */
package io.gristmill.trainer.generation;
