package io.gristmill.mixing.packing;

import io.gristmill.mixing.blend.BlendOrder;
import io.gristmill.mixing.blend.ProportionalOrder;
import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardReader;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.ShuffleHash;
import io.gristmill.tokenization.shard.Split;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The training sequences of a run by their number. Sequence n is a pure function of mixture.json
 * and the shards: which worker asks, in which order and how often changes nothing. Memory is
 * bounded by the cache of the shards. Thread-safe.
 *
 * <p>Sequence n belongs to the component of slot n of the {@link BlendOrder}. It is the k-th of
 * that component: its epoch is k / S and its position in the epoch k mod S, where S is the number
 * of sequences of an epoch. {@link ProportionalOrder} says which shard group stands at the
 * position, {@link EpochCut} where in the group the sequence begins.
 */
public final class TrainingSequences implements Closeable {
  private final Mixture mixture;
  private volatile BlendOrder order;
  private final List<ComponentReaders> components;
  private volatile long end;

  private record ComponentReaders(ProportionalOrder order, List<ShardReader> readers) {}

  /**
   * Where a sequence comes from.
   *
   * @param component index in the mixture
   * @param epoch of the component, from 0
   * @param group index in the component
   * @param position in the group of its first token; the last token is followed by the first
   */
  public record Origin(int component, long epoch, int group, long position) {}

  private TrainingSequences(Mixture mixture, List<ComponentReaders> components) {
    this.mixture = mixture;
    this.order = mixture.order();
    this.components = components;
    this.end = mixture.sequences();
  }

  /**
   * Opens the shards of a mixture.
   *
   * @throws IllegalArgumentException if the shards are not those that the mixture was planned for
   */
  public static TrainingSequences open(Mixture mixture, Shards shards) {
    shards.requireTokenizer(mixture.tokenizerSha256());
    List<ComponentReaders> components = new ArrayList<>();
    for (Mixture.Component component : mixture.components()) {
      List<ShardReader> readers = new ArrayList<>();
      for (Mixture.Group planned : component.groups()) {
        ShardGroup group = shards.index().group(Split.TRAIN, planned.domain(), planned.language());
        if (!group.sha256().equals(planned.sha256()) || group.tokens() != planned.tokens()) {
          throw new IllegalArgumentException(
              "the mixture was planned for other shards of %s than those in %s; mix again"
                  .formatted(planned.label(), shards.folder()));
        }
        readers.add(shards.reader(group));
      }
      components.add(new ComponentReaders(component.groupOrder(), readers));
    }
    return new TrainingSequences(mixture, components);
  }

  public Mixture mixture() {
    return mixture;
  }

  /**
   * From now on the components take their turns in another order, which must be the same for the
   * sequences read so far: a run that changes its weights as it goes says so before it reads on.
   */
  public void follow(BlendOrder order) {
    this.order = order;
  }

  /**
   * From now on sequences after the last of the mixture may be read too. The components go on to
   * take their turns by the last weights, through what is left of their epochs, and then through
   * epochs that the mixture has no more: cut anew, but of the same documents.
   */
  public void goBeyond() {
    end = Long.MAX_VALUE;
  }

  /** The number of sequences of the run. */
  public long count() {
    return mixture.sequences();
  }

  /** Where sequence {@code n} comes from. */
  public Origin origin(long n) {
    if (n < 0 || n >= end) {
      throw new IndexOutOfBoundsException(
          "training sequence %d of %d; mix more tokens or train fewer steps".formatted(n, count()));
    }
    BlendOrder now = order;
    int c = now.component(n);
    long k = now.count(c, n);
    Mixture.Component component = mixture.components().get(c);
    long epoch = k / component.epochSequences();
    ProportionalOrder.Turn turn = components.get(c).order().at(k % component.epochSequences());
    Mixture.Group group = component.groups().get(turn.group());
    EpochCut cut =
        new EpochCut(
            group.tokens(), mixture.sequenceLength(), mixture.blockSequences(), key(group, epoch));
    return new Origin(c, epoch, turn.group(), cut.start(turn.index()));
  }

  /**
   * Reads sequence {@code n}.
   *
   * @param n 0 to {@code count() - 1}, or further after {@link #goBeyond}
   * @param tokens output, int[T + 1]: inputs are the first T, targets the last T
   * @throws IOException naming the shard file that is missing or damaged
   */
  public void read(long n, int[] tokens) throws IOException {
    int length = mixture.sequenceLength() + 1;
    if (tokens.length != length) {
      throw new IllegalArgumentException(
          "tokens has %d elements, must have sequence length + 1 = %d"
              .formatted(tokens.length, length));
    }
    Origin origin = origin(n);
    ShardReader reader = components.get(origin.component()).readers().get(origin.group());
    int first = (int) Math.min(length, reader.tokens() - origin.position());
    reader.read(origin.position(), tokens, 0, first);
    reader.read(0, tokens, first, length - first);
  }

  /**
   * The ids of the documents that the inputs and targets of sequence {@code n} stand in.
   *
   * @throws IOException as {@link #read}
   */
  public List<String> documents(long n) throws IOException {
    int length = mixture.sequenceLength() + 1;
    Origin origin = origin(n);
    ShardReader reader = components.get(origin.component()).readers().get(origin.group());
    int first = (int) Math.min(length, reader.tokens() - origin.position());
    List<String> ids = new ArrayList<>(reader.documents(origin.position(), first));
    if (first < length) {
      ids.addAll(reader.documents(0, length - first));
    }
    return ids;
  }

  @Override
  public void close() throws IOException {
    for (ComponentReaders component : components) {
      for (ShardReader reader : component.readers()) {
        reader.close();
      }
    }
  }

  private long key(Mixture.Group group, long epoch) {
    long name = ShuffleHash.of(mixture.seed(), group.domain() + "\n" + group.language());
    return Permutation.mix(name + Permutation.mix(epoch));
  }
}
