"""Reads what the tests wrote into a folder and says, as JSON, what Python's torch makes of it."""
import collections
import hashlib
import json
import os
import sys
import zipfile

import torch
import torchvision

folder = sys.argv[1]


def path(name):
    return os.path.join(folder, name)


def sha256(tensor):
    flat = tensor.detach().reshape(-1)
    if flat.is_complex():
        flat = torch.view_as_real(flat).reshape(-1)
    return hashlib.sha256(flat.contiguous().view(torch.uint8).numpy().tobytes()).hexdigest().upper()


def describe(state):
    return [
        {
            "name": name,
            "type": str(tensor.dtype),
            "shape": list(tensor.shape),
            "contiguous": tensor.is_contiguous(),
            "requiresGrad": tensor.requires_grad,
            "sha256": sha256(tensor),
        }
        for name, tensor in state.items()
    ]


def pickle_of(archive):
    with zipfile.ZipFile(archive) as parts:
        [name] = [name for name in parts.namelist() if name.endswith("/data.pkl")]
        return parts.read(name)


def faulty_part(archive):
    with zipfile.ZipFile(archive) as parts:
        return parts.testzip()


layouts = torch.load(path("layouts.pth"))
careful = torch.load(path("layouts.pth"), weights_only=True)

weights = torch.load(path("resnet18.pth"), weights_only=True)
network = torchvision.models.resnet18(num_classes=37)
loaded = network.load_state_dict(weights, strict=True)

# The same tensors by Python's own hand, each with values of its own, as the C# side wrote them.
many = torch.load(path("many.pth"))
torch.save(collections.OrderedDict((name, tensor.clone()) for name, tensor in many.items()), path("many-by-python.pth"))

json.dump(
    {
        "type": type(layouts).__name__,
        "layouts": describe(layouts),
        "careful": describe(careful),
        "tied": layouts["tied"].data_ptr() == layouts["whole"].data_ptr(),
        "resnet18": describe(network.state_dict()),
        "missing": loaded.missing_keys + loaded.unexpected_keys,
        "samePickle": pickle_of(path("many.pth")) == pickle_of(path("many-by-python.pth")),
        "faultyParts": [faulty_part(path(name)) for name in ("layouts.pth", "resnet18.pth", "many.pth")],
    },
    sys.stdout,
)
