#!/bin/sh
# The baseline.
python run_digits.py \
  --output_dir out/baseline \
  --do_train --do_eval \
  --num_train_epochs 10 \
  --learning_rate 0.0003 \
  --per_device_train_batch_size 32 \
  --per_device_eval_batch_size 256 \
  --weight_decay 0.0 \
  --warmup_steps 20 \
  --lr_scheduler_type linear \
  --eval_strategy epoch \
  --logging_strategy epoch \
  --save_strategy no \
  --report_to none \
  --disable_tqdm true \
  --use_cpu \
  --seed 42
