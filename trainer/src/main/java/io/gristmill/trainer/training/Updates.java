package io.gristmill.trainer.training;

import io.gristmill.trainer.collective.Compression;
import io.gristmill.trainer.collective.Group;
import io.gristmill.trainer.collective.VectorShards;
import io.gristmill.trainer.model.Llama;
import io.gristmill.trainer.model.ParameterLayout;
import io.gristmill.trainer.optimizer.AdamWConfig;
import io.gristmill.trainer.optimizer.MuonConfig;

/**
 * Makes the update that a run asks for.
 *
 * @param adamW of all parameters, or of those that are not {@code muon}'s
 * @param clip largest gradient norm
 */
record Updates(AdamWConfig adamW, MuonConfig muon, ExchangeConfig exchange, double clip) {
  ModelUpdate of(Llama model, Group group, ThreadTeam team, Rounds rounds) {
    ParameterLayout layout = model.layout();
    var shards = new VectorShards(layout.size(), group.size());
    if (!exchange.trainsAlone()) {
      var optimizer = new ShardOptimizer(adamW, muon, model, group, shards, team);
      return update(model, group, team, shards, optimizer, exchange.compression());
    }
    Group alone = Group.alone();
    var everything = new VectorShards(layout.size(), 1);
    var optimizer = new ShardOptimizer(adamW, muon, model, alone, everything, team);
    return new LocalUpdate(
        group,
        update(model, alone, team, everything, optimizer, Compression.NONE),
        Moments.ofEveryWorker(layout, group, optimizer),
        new OuterStep(group, team, shards, layout, exchange),
        rounds);
  }

  private Update update(
      Llama model,
      Group group,
      ThreadTeam team,
      VectorShards shards,
      ShardOptimizer optimizer,
      Compression compression) {
    ParameterLayout layout = model.layout();
    return new Update(
        group,
        team,
        model.kernels(),
        optimizer,
        shards,
        new GradientSum(group, compression, layout),
        new ParameterReturn(group, team, shards, layout, compression),
        clip);
  }
}
