package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.VectorShards;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.model.TensorSpec;
import io.gristmill.trainer.model.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives every hidden matrix to one worker as a whole, although shards end in the middle of some.
 *
 * <p>A matrix belongs to the worker that holds most of it, the first in vector order of those that
 * hold as much. W shards have W - 1 borders, so at most as many matrices are cut, and only pieces
 * of those travel: to their owner, and back. Every worker goes through the pieces in the same
 * order, so none waits for one that waits for it.
 */
final class WholeMatrices {
  private final Group group;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Integer> owned = new ArrayList<>();

  /** A part of a matrix that another worker than its owner holds. */
  private record Piece(VectorShards.Range range, int holder, int owner) {}

  WholeMatrices(ParameterLayout layout, Group group, VectorShards shards) {
    this.group = group;
    for (int tensor = 0; tensor < layout.tensors().size(); tensor++) {
      if (layout.isHiddenMatrix(tensor)) {
        List<Piece> parts = parts(layout.tensors().get(tensor), shards);
        int owner = largest(parts).holder();
        if (owner == group.rank()) {
          owned.add(tensor);
        }
        for (Piece part : parts) {
          if (part.holder() != owner) {
            pieces.add(new Piece(part.range(), part.holder(), owner));
          }
        }
      }
    }
  }

  /** What each worker holds of a matrix, in vector order; nobody owns it yet. */
  private static List<Piece> parts(TensorSpec matrix, VectorShards shards) {
    List<Piece> parts = new ArrayList<>();
    for (int n = 0; n < shards.workers(); n++) {
      int holder = shards.owner(n);
      VectorShards.Range shard = shards.shard(holder);
      long from = Math.max(shard.from(), matrix.offset());
      long to = Math.min(shard.to(), matrix.offset() + matrix.size());
      if (from < to) {
        parts.add(new Piece(new VectorShards.Range(from, to), holder, holder));
      }
    }
    return parts;
  }

  private static Piece largest(List<Piece> parts) {
    Piece largest = parts.getFirst();
    for (Piece part : parts) {
      if (part.range().length() > largest.range().length()) {
        largest = part;
      }
    }
    return largest;
  }

  /** How many matrices belong to a worker. */
  static int count(ParameterLayout layout, VectorShards shards, int rank) {
    int count = 0;
    for (TensorSpec matrix : layout.hiddenMatrices()) {
      if (largest(parts(matrix, shards)).holder() == rank) {
        count++;
      }
    }
    return count;
  }

  /** Indices of the matrices that belong to this worker. */
  List<Integer> owned() {
    return owned;
  }

  /** Completes this worker's matrices by what the others hold of them. */
  void collect(Tensors tensors, long step) throws IOException {
    for (Piece piece : pieces) {
      move(tensors, piece.range(), piece.holder(), piece.owner(), step);
    }
  }

  /** Returns to the others what they hold of this worker's matrices. */
  void giveBack(Tensors tensors, long step) throws IOException {
    for (Piece piece : pieces) {
      move(tensors, piece.range(), piece.owner(), piece.holder(), step);
    }
  }

  private void move(Tensors tensors, VectorShards.Range range, int from, int to, long step)
      throws IOException {
    if (from == group.rank()) {
      group.send(to, new TensorVector(tensors), range, step);
    } else if (to == group.rank()) {
      group.receive(from, new TensorVector(tensors), range, step);
    }
  }
}
