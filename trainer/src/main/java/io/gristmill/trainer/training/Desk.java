package io.gristmill.trainer.training;

import io.gristmill.trainer.data.BatchBuffer;
import io.gristmill.trainer.model.Workspace;

/** What one thread needs to compute micro-batches. */
record Desk(Workspace workspace, BatchBuffer buffer) {}
