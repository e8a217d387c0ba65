package io.gristmill.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gristmill.mixing.mixture.Mixture;
import io.gristmill.mixing.mixture.MixtureConfig;
import io.gristmill.mixing.mixture.MixturePlanner;
import io.gristmill.mixing.mixture.Weight;
import io.gristmill.mixing.mixture.WhenCapped;
import io.gristmill.tokenization.shard.Holdout;
import io.gristmill.tokenization.shard.ShardFileWriter;
import io.gristmill.tokenization.shard.ShardGroup;
import io.gristmill.tokenization.shard.ShardIndex;
import io.gristmill.tokenization.shard.Shards;
import io.gristmill.tokenization.shard.Split;
import io.gristmill.tokenization.shard.TokenWidth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BigramBaselineTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final int[] BYTES = bytes();
  private static final int[] ENGLISH = {1, 2, 1, 2, 3, 0};
  private static final int[] CHINESE = {4, 5, 4, 5, 4, 0};

  @TempDir Path folder;

  @Test
  void eachLanguageIsScoredByItsOwnTrainingTokens() throws IOException {
    Shards shards =
        shards(
            group(Split.TRAIN, "en", ENGLISH),
            group(Split.TRAIN, "zh-Hans", CHINESE),
            group(Split.VALIDATION, "en", ENGLISH),
            group(Split.VALIDATION, "ja", CHINESE),
            group(Split.VALIDATION, "zh-Hans", CHINESE));
    MixtureConfig config =
        new MixtureConfig(
            List.of(new Weight("*", "en", 0.5), new Weight("*", "zh*", 0.5)),
            4,
            0,
            8,
            WhenCapped.SHRINK,
            1);
    Mixture mixture = MixturePlanner.plan(config, shards.index());
    List<GroupLoss> scores = BigramBaseline.losses(mixture, shards, 0, BYTES);
    assertThat(scores).extracting(GroupLoss::language).containsExactly("en", "zh-Hans");
    assertThat(scores.get(0).nats()).isCloseTo(nats(ENGLISH), within(1e-12));
    assertThat(scores.get(1).nats()).isCloseTo(nats(CHINESE), within(1e-12));
    assertThat(scores.get(0).tokens()).isEqualTo(6);
    assertThat(scores.get(0).bitsPerByte())
        .isCloseTo(nats(ENGLISH) / Math.log(2) / 10, within(1e-12));
    assertThat(BigramBaseline.byLanguage(scores).get(1).natsPerToken())
        .isEqualTo(scores.get(1).natsPerToken());
    GroupLoss first = BigramBaseline.losses(mixture, shards, 3, BYTES).get(0);
    assertThat(first.tokens()).isEqualTo(4);
    assertThat(first.bytes()).isEqualTo(8);
  }

  /** Two bytes of text per token, none for the end of a document. */
  private static int[] bytes() {
    int[] bytes = new int[300];
    Arrays.fill(bytes, 1, 300, 2);
    return bytes;
  }

  private static double nats(int[] document) {
    int[] window = new int[document.length + 1];
    System.arraycopy(document, 0, window, 1, document.length);
    BigramModel model = new BigramModel(300);
    model.observe(window, document.length);
    return model.nats(window, document.length);
  }

  private ShardGroup group(Split split, String language, int[] document) throws IOException {
    String path = ShardGroup.folder(split, "docs", language) + "/part-00000.parquet";
    try (ShardFileWriter writer =
        new ShardFileWriter(
            new org.apache.hadoop.fs.Path(folder.toUri()),
            path,
            "0",
            TokenWidth.U16,
            1024,
            CONFIGURATION)) {
      writer.write("id", "id", TokenWidth.U16.pack(document), 12);
      return new ShardGroup(
          split, "docs", language, 1, document.length, 12, List.of(writer.finish()));
    }
  }

  private Shards shards(ShardGroup... groups) throws IOException {
    ShardIndex index =
        new ShardIndex("cafe", 300, TokenWidth.U16, 1, 0, new Holdout(1, 0.1), List.of(groups));
    return Shards.publish(new org.apache.hadoop.fs.Path(folder.toUri()), index, CONFIGURATION);
  }
}
