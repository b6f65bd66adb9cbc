"""Any program can use Pawl's samplers: ask for a configuration, tell how it fared. Needs no package."""
import json, math, subprocess, sys

pawl = subprocess.Popen(
    ["pawl", "ask-tell", "--space", "space.yaml", "--study", "trials.jsonl", "--goal", "min", "--steps", "9"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
)

def call(**request):
    print(json.dumps(request), file=pawl.stdin, flush=True)
    reply = json.loads(pawl.stdout.readline())
    return sys.exit(reply["error"]["message"]) if "error" in reply else reply

def loss(params, epoch):  # your training goes here
    distance = abs(math.log10(params["learning_rate"]) + 2) + abs(params["dropout"] - 0.2)
    return distance + (params["optimizer"] == "sgd") + 1 / epoch

for _ in range(30):
    trial = call(op="ask")
    for epoch in range(1, 10):
        value = loss(trial["params"], epoch)
        if call(op="tell", trial=trial["trial"], value=value, step=epoch)["stop"]:
            break
    else:
        call(op="tell", trial=trial["trial"], value=value)
print(call(op="best"))
