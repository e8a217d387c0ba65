/**
 * Many small trainings that differ in their mixture, designed to answer one question: which ratio
 * to train with. Designs say which trainings there are; findings say what their losses mean.
 */
package io.gristmill.mixing.ablation;
