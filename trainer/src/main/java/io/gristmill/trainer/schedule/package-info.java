/** Learning rates as functions of the number of the update. */
package io.gristmill.trainer.schedule;
