package io.gristmill.jobs.report;

import io.gristmill.curation.decontamination.Contamination;
import io.gristmill.curation.document.DocumentSchema;
import io.gristmill.curation.filter.Signals;
import io.gristmill.jobs.config.RunFolders;
import io.gristmill.jobs.report.data.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The files of a small bilingual run, as its stages write them, with made-up figures. */
final class ExampleRun {
  private static final StructType DOCUMENTS =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("url", DataTypes.StringType)
          .add("text", DataTypes.StringType)
          .add("language", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("source", DataTypes.StringType)
          .add("title", DataTypes.StringType)
          .add("reason", DataTypes.StringType)
          .add("signal", DataTypes.StringType)
          .add("value", DataTypes.DoubleType)
          .add("threshold", DataTypes.DoubleType)
          .add("survivor_id", DataTypes.StringType)
          .add("similarity", DataTypes.DoubleType)
          .add("detail", DataTypes.StringType)
          .add("signals", DocumentSchema.SIGNALS)
          .add("outcome", DataTypes.StringType);

  private static final String ENGLISH =
      "Returns the index of the first occurrence of the given value in the array, or minus one if"
          + " the value is not found. The search begins at the given start index.\n\n"
          + "A negative start index is treated as zero. A start index larger than the length of the"
          + " array returns minus one. The comparison of floating point values uses the given"
          + " tolerance, so that values which differ by rounding only are found as well.";
  private static final String CHINESE =
      "日期时间工具类，提供格式化、解析、比较和偏移等方法。所有方法都是线程安全的，可以在多个线程中共享同一个实例。\n\n"
          + "如果传入的字符串为空，则返回空值；如果格式不匹配，则抛出异常，异常信息中包含原始字符串和期望的格式。"
          + "偏移量可以为负数，表示向过去偏移；跨越月末时会自动调整到当月的最后一天。";
  private static final String HOSTILE =
      "</p><script>alert('x & y')</script><img src=\"https://example.invalid/x.png\"> "
          + "a bell \u0007, a lone surrogate \ud800 and <b>bold</b>";

  private final Path folder;
  private final SplittableRandom random = new SplittableRandom(7);

  private ExampleRun(Path folder) {
    this.folder = folder;
  }

  /** All files, documents too. */
  static RunFiles write(SparkSession spark, Path folder) throws IOException {
    RunFiles run = writeFigures(folder);
    var example = new ExampleRun(folder);
    example.documents(spark);
    example.contaminations(spark);
    example.publish("documents");
    return run;
  }

  /** All files but the documents. */
  static RunFiles writeFigures(Path folder) throws IOException {
    var run = new ExampleRun(folder);
    run.json("ledger/ledger.json", LEDGER);
    run.json("contamination/sets.json", EVALUATION_SETS);
    run.publish("contamination");
    run.json("shards/shards.json", SHARDS);
    run.json("mixture/mixture.json", MIXTURE);
    run.json("evaluation/evaluation.json", EVALUATION);
    run.json("tokenizer/tokenizer.json", "{\"model\":{\"vocab\":{\"a\":0},\"merges\":[]}}");
    run.json("training/metrics.jsonl", run.metrics());
    run.json("generation/generations.jsonl", run.generations());
    for (String stage : List.of("tokenizer", "shards", "mixture", "training", "evaluation")) {
      run.publish(stage);
    }
    run.publish("generation");
    return RunFiles.in(
        new RunFolders(new org.apache.hadoop.fs.Path(folder.toAbsolutePath().toUri())),
        "quickstart");
  }

  private void publish(String stage) throws IOException {
    json(
        stage + "/_MANIFEST.json",
        "{\"stage\":\"%s\",\"inputs\":{},\"files\":[]}".formatted(stage));
  }

  private void json(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String metrics() {
    var lines =
        new StringBuilder(
            "{\"event\":\"start\",\"step\":0,\"workers\":2,\"threads\":1,\"parameters\":5312768}\n");
    for (int step = 1; step <= 400; step++) {
      double rate = 1e-3 * Math.min(1, step / 40.0) * (step > 320 ? (400 - step) / 80.0 : 1);
      double loss =
          2.35 + 6.6 * Math.exp(-step / 32.0) + 1.1 * Math.exp(-step / 160.0) + noise(0.35);
      lines.append(
          String.format(
              Locale.ROOT,
              "{\"event\":\"step\",\"step\":%d,\"tokens\":%d,\"loss\":%.5f,\"learning_rate\":%.8f,"
                  + "\"gradient_norm\":%.4f,\"tokens_per_second\":%.1f,\"seconds\":%.3f,"
                  + "\"worker_seconds\":[0.21,%.2f]}%n",
              step,
              step * 16384L,
              loss,
              rate,
              0.4 + 3 * Math.exp(-step / 30.0) + Math.abs(noise(0.1)),
              22800 + noise(900) - (step % 50 == 0 ? 9000 : 0),
              0.72,
              step > 200 ? 0.55 : 0.22));
      if (step % 25 == 0) {
        validation(lines, step, "api-docs", "en", 2.62);
        validation(lines, step, "api-docs", "zh-Hans", 2.91);
        validation(lines, step, "guides", "zh-Hans", 3.35);
      }
      if (step == 100) {
        lines.append(
            "{\"event\":\"mixture\",\"step\":100,\"components\":[{\"domain\":\"*\",\"language\":\"en\","
                + "\"weight\":0.4,\"share\":0.41,\"turns\":41,\"average_weight\":0.45}]}\n");
      }
      if (step == 150) {
        lines.append(refused("spike", "replace", 150, 149, 400));
      }
      if (step == 250) {
        lines.append(refused("spike", "roll-back", 250, 249, 402));
        lines.append(refused("replaced", "roll-back", 249, 248, 401));
        lines.append(refused("replaced", "roll-back", 250, 249, 402));
      }
      if (step == 330) {
        lines.append(refused("spike", "skip", 330, 329, -1));
      }
      if (step == 200) {
        lines.append("{\"event\":\"checkpoint\",\"step\":200,\"path\":\"step-000200\"}\n");
        lines.append(
            "{\"event\":\"resume\",\"step\":200,\"workers\":2,\"threads\":1,\"parameters\":5312768}\n");
      }
    }
    return lines.append("{\"event\":\"step\",\"ste").toString(); // killed while writing
  }

  private static String refused(String event, String action, int step, int batch, int replacement) {
    return String.format(
        Locale.ROOT,
        "{\"event\":\"%s\",\"step\":%d,\"action\":\"%s\",\"batch\":%d,%s\"loss\":%.3f,"
            + "\"gradient_norm\":4.25,\"z_score\":11.5,\"loss_z_score\":11.5,"
            + "\"gradient_norm_z_score\":7.25,\"documents\":[\"%032x\",\"%032x\"]}%n",
        event,
        step,
        action,
        batch,
        replacement < 0 ? "" : "\"replacement\":%d,".formatted(replacement),
        6.5 - step / 200.0,
        batch,
        batch + 1);
  }

  private void validation(
      StringBuilder lines, int step, String domain, String language, double end) {
    double loss = end + 4.5 * Math.exp(-step / 38.0) + 0.9 * Math.exp(-step / 170.0);
    lines.append(
        String.format(
            Locale.ROOT,
            "{\"event\":\"validation\",\"step\":%d,\"domain\":\"%s\",\"language\":\"%s\","
                + "\"nats_per_token\":%.5f,\"bits_per_byte\":%.5f,\"tokens\":24800}%n",
            step,
            domain,
            language,
            loss,
            loss * 0.42));
  }

  private double noise(double scale) {
    return scale * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
  }

  private String generations() {
    var lines = new StringBuilder();
    for (int seed = 0; seed < 4; seed++) {
      lines.append(generation("zh", "该方法用于", "该方法用于" + CHINESE, seed, 0.97, 0.02));
    }
    for (int seed = 0; seed < 4; seed++) {
      lines.append(generation("en", "This method returns", " the " + ENGLISH, seed, 0, 0.998));
    }
    lines.append(generation("en", "Hostile", HOSTILE.replace("\ud800", "\ufffd"), 9, 0, 1));
    return lines.toString();
  }

  private String generation(
      String language, String prompt, String text, int seed, double han, double latin) {
    return String.format(
        Locale.ROOT,
        "{\"language\":\"%s\",\"prompt\":\"%s\",\"text\":\"%s\",\"seed\":%d,\"temperature\":0.8,"
            + "\"top_k\":40,\"top_p\":0.95,\"han_share\":%.3f,\"latin_share\":%.3f,"
            + "\"distinct_4grams\":%.3f,\"replacement_characters\":%d}%n",
        language,
        prompt,
        text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\u0007", "\\u0007"),
        seed,
        han,
        latin,
        0.82 + seed / 100.0,
        text.chars().filter(c -> c == 0xfffd).count());
  }

  private void documents(SparkSession spark) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < 12; i++) {
      rows.add(row(i, "en", "api-docs", ENGLISH, "kept", null, null, 0, 0, null));
      rows.add(row(100 + i, "zh-Hans", "api-docs", CHINESE, "kept", null, null, 0, 0, null));
    }
    rows.add(row(200, "zh-Hant", "guides", "臺灣的軟體工程師說明如何設定資料庫。", "kept", null, null, 0, 0, null));
    rows.add(row(300, "en", "api-docs", "", "rejected", "words", "words", 7, 20, null));
    rows.add(
        row(
            301,
            "en",
            "api-docs",
            HOSTILE,
            "rejected",
            "symbols",
            "symbol_share",
            0.2143,
            0.15,
            null));
    rows.add(
        row(
            302,
            "zh-Hans",
            "api-docs",
            "目录 首页 上一页 下一页",
            "rejected",
            "words",
            "words",
            8,
            20,
            null));
    rows.add(
        row(
            303,
            "zh-Hans",
            "guides",
            CHINESE.substring(3),
            "rejected",
            "near_duplicate",
            null,
            0,
            0,
            "%032x".formatted(100)));
    rows.add(
        row(
            304,
            "en",
            "api-docs",
            ENGLISH,
            "rejected",
            "exact_duplicate",
            null,
            0,
            0,
            "%032x".formatted(1)));
    rows.add(
        row(
            305,
            "mul",
            "api-docs",
            "Kurzbeschreibung 説明 설명",
            "rejected",
            "language",
            "language_score",
            0.41,
            0.7,
            null));
    rows.add(row(400, "und", "api-docs", null, "failed", "gzip_damaged", null, 0, 0, null));
    spark
        .createDataFrame(rows, DOCUMENTS)
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .partitionBy("outcome")
        .parquet(folder.resolve("documents").toString());
  }

  private void contaminations(SparkSession spark) {
    var rows =
        List.of(
            RowFactory.create(
                "%032x".formatted(500),
                0,
                1,
                1,
                2,
                "ceval",
                "ceval/val.jsonl:17",
                0.9375,
                0.7,
                120,
                140,
                "磨坊主在秋天一共磨了多少袋小麦",
                "磨坊主在秋天一共磨了多少袋小麦？\n- 三百袋\n- 四百袋\n= 四百袋" + HOSTILE));
    spark
        .createDataFrame(rows, Contamination.SCHEMA)
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(folder.resolve("contamination/hits").toString());
  }

  private static Row row(
      int number,
      String language,
      String domain,
      String text,
      String outcome,
      String reason,
      String signal,
      double value,
      double threshold,
      String survivor) {
    boolean measured = signal != null;
    return RowFactory.create(
        "%032x".formatted(number),
        "https://example.invalid/" + number,
        text,
        language,
        domain,
        "hutool-core-5.8.26-javadoc.jar!cn/hutool/core/Page%d.html".formatted(number),
        language.startsWith("zh") ? "日期工具 " + number : "Array utilities " + number,
        reason,
        signal,
        measured ? value : null,
        measured ? threshold : null,
        survivor,
        survivor == null ? null : number == 304 ? 1.0 : 0.914,
        outcome.equals("failed") ? "unexpected end of the gzip member at byte 48213" : null,
        text == null
            ? null
            : RowFactory.create((Object[]) Signals.measure(text, language).toDoubles()),
        outcome);
  }

  private static final String LEDGER =
      """
      {"records":{"in":9814,"kept":5127,
        "rejected":{"not_html":1312,"no_content":402,"language":143,"words":688,"duplicate_lines":211,
          "symbols":57,"top_2_gram":92,"contaminated":1,"exact_duplicate":731,"near_duplicate":1045},
        "failed":{"gzip_damaged":3,"charset_undecodable":2}},
       "bytes":{"read":81264331,"parsed":81216118,"skipped":48213,"skipped_ranges":[
          {"file":"clipped.warc.gz","from":112004,"to":160217,"reason":"gzip_damaged"}]},
       "stages":[
        {"stage":"read","language":"und","domain":"api-docs","in":9814,"kept":8095,
          "rejected":{"not_html":1312,"no_content":402},"failed":{"gzip_damaged":3,"charset_undecodable":2}},
        {"stage":"filter","language":"en","domain":"api-docs","in":4107,"kept":3478,
          "rejected":{"words":421,"duplicate_lines":131,"symbols":35,"top_2_gram":42},"failed":{}},
        {"stage":"filter","language":"zh-Hans","domain":"api-docs","in":3604,"kept":3188,
          "rejected":{"words":254,"duplicate_lines":80,"symbols":22,"top_2_gram":50,"language":10},"failed":{}},
        {"stage":"filter","language":"zh-Hant","domain":"guides","in":251,"kept":238,"rejected":{"words":13},"failed":{}},
        {"stage":"filter","language":"mul","domain":"api-docs","in":133,"kept":0,"rejected":{"language":133},"failed":{}},
        {"stage":"decontaminate","language":"zh-Hans","domain":"api-docs","in":3188,"kept":3187,
          "rejected":{"contaminated":1},"failed":{}},
        {"stage":"deduplicate","language":"en","domain":"api-docs","in":3478,"kept":2566,
          "rejected":{"exact_duplicate":341,"near_duplicate":571},"failed":{}},
        {"stage":"deduplicate","language":"zh-Hans","domain":"api-docs","in":3187,"kept":2341,
          "rejected":{"exact_duplicate":380,"near_duplicate":466},"failed":{}},
        {"stage":"deduplicate","language":"zh-Hant","domain":"guides","in":238,"kept":220,
          "rejected":{"exact_duplicate":10,"near_duplicate":8},"failed":{}}],
       "clusters":{"1":4406,"2":431,"3":142,"4":61,"5":30,"6":18,"8":14,"11":9,"15":6,"23":5,"64":3,"87":2},
       "redactions":{"email":38,"ipv4":4}}
      """;

  private static final String EVALUATION_SETS =
      """
      {"sets":[
        {"name":"ceval","items":1346,"checked":1290,"uncheckable":{"no_answer":6,"too_short":50},
         "uncheckable_examples":["ceval/val.jsonl:3"],"items_found":2,"documents":1},
        {"name":"gsm8k","items":1319,"checked":1319,"uncheckable":{},"uncheckable_examples":[],
         "items_found":0,"documents":0}]}
      """;

  private static final String SHARDS =
      """
      {"version":1,"tokenizer_sha256":"6f2d6a9a3ed0f4c8b7a5c1e2d3f40516273849a0b1c2d3e4f5061728394a5b6c",
       "vocabulary_size":8192,"dtype":"u16","seed":0,"end_of_text":0,"holdout":{"seed":0,"fraction":0.05},
       "groups":[
        {"split":"train","domain":"api-docs","language":"en","documents":2438,"tokens":602113,"bytes":2381204,"files":[]},
        {"split":"train","domain":"api-docs","language":"zh-Hans","documents":2224,"tokens":311870,"bytes":1102333,"files":[]},
        {"split":"train","domain":"guides","language":"zh-Hans","documents":209,"tokens":84022,"bytes":301077,"files":[]},
        {"split":"validation","domain":"api-docs","language":"en","documents":128,"tokens":31002,"bytes":121830,"files":[]},
        {"split":"validation","domain":"api-docs","language":"zh-Hans","documents":117,"tokens":17221,"bytes":60412,"files":[]},
        {"split":"validation","domain":"guides","language":"zh-Hans","documents":11,"tokens":4410,"bytes":15822,"files":[]}]}
      """;

  private static final String MIXTURE =
      """
      {"version":1,"seed":0,"sequence_length":256,"sequences":25600,"tokens":6553600,"asked_tokens":8000000,
       "max_epochs":8.0,"components":[
        {"domain":"*","language":"en","share":0.5,"weight":2,"sequences":12800,"epoch_sequences":2351,"epochs":5.444492,
         "groups":[{"domain":"api-docs","language":"en","tokens":602113,"sequences":2351}]},
        {"domain":"api-docs","language":"zh*","share":0.4,"weight":1,"sequences":10240,"epoch_sequences":1290,"epochs":7.938,
         "groups":[{"domain":"api-docs","language":"zh-Hans","tokens":311870,"sequences":1218}]},
        {"domain":"guides","language":"zh-Hans","share":0.1,"weight":1,"sequences":2560,"epoch_sequences":328,"epochs":7.805,
         "groups":[{"domain":"guides","language":"zh-Hans","tokens":84022,"sequences":328}]}],
       "unused":[{"domain":"guides","language":"zh-Hant","tokens":4100,"sequences":16}]}
      """;

  private static final String EVALUATION =
      """
      {"checkpoint":"step-000400","groups":[
        {"domain":"api-docs","language":"en","tokens":31002,"bytes":121830,
         "model":{"nats_per_token":2.7052,"bits_per_byte":0.9931},"bigram":{"nats_per_token":3.5821,"bits_per_byte":1.3151}},
        {"domain":"api-docs","language":"zh-Hans","tokens":17221,"bytes":60412,
         "model":{"nats_per_token":2.9963,"bits_per_byte":1.2322},"bigram":{"nats_per_token":3.9512,"bits_per_byte":1.6249}},
        {"domain":"guides","language":"zh-Hans","tokens":4410,"bytes":15822,
         "model":{"nats_per_token":3.4362,"bits_per_byte":1.3818},"bigram":{"nats_per_token":3.4011,"bits_per_byte":1.3677}}],
       "languages":[
        {"language":"en","tokens":31002,"bytes":121830,"below_bigram":true,
         "model":{"nats_per_token":2.7052,"bits_per_byte":0.9931},"bigram":{"nats_per_token":3.5821,"bits_per_byte":1.3151}},
        {"language":"zh","tokens":21631,"bytes":76234,"below_bigram":true,
         "model":{"nats_per_token":3.0860,"bits_per_byte":1.2633},"bigram":{"nats_per_token":3.8391,"bits_per_byte":1.5716}}]}
      """;
}
