package io.gristmill.jobs;

import io.gristmill.jobs.stage.Stage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Stands for curate: two hundred documents of two domains and two languages. */
record MadeUpDocuments(SparkSession spark, Path folder) implements Stage {
  @Override
  public String name() {
    return "curate";
  }

  @Override
  public SortedMap<String, String> inputs() {
    return new TreeMap<>();
  }

  @Override
  public String run() {
    StructType schema =
        new StructType()
            .add("id", DataTypes.StringType)
            .add("cluster_id", DataTypes.StringType)
            .add("domain", DataTypes.StringType)
            .add("language", DataTypes.StringType)
            .add("text", DataTypes.StringType)
            .add("text_bytes", DataTypes.LongType);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String text = "the mill grinds wheat 磨坊磨麦 ".repeat(1 + i % 17) + i;
      rows.add(
          RowFactory.create(
              "d" + i,
              "d" + i,
              i % 3 == 0 ? "web" : "books",
              i % 2 == 0 ? "en" : "zh-Hans",
              text,
              (long) text.getBytes(StandardCharsets.UTF_8).length));
    }
    spark.createDataFrame(rows, schema).write().parquet(folder + "/outcome=kept");
    return "made up";
  }
}
