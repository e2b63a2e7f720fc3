// A network in ML.NET: written as an ONNX model, then applied to a folder of pictures by a pipeline.
// Run: dotnet run -c Release --project samples/MlNetPipeline [-- FOLDER [WEIGHTS]]
// Without a folder it draws pictures; without weights (of a file that says its network) it takes the built-in ResNet-20 for CIFAR-10.
using Microsoft.ML;
using Microsoft.ML.Data;
using ResNet.Imaging;
using ResNet.Onnx;
using ResNet.Training;
using ResNet.Weights;

string work = Directory.CreateTempSubdirectory("mlnet-pipeline-").FullName;
string folder = args.Length > 0 ? args[0] : DrawPictures(Path.Combine(work, "pictures"));
string onnx = Path.Combine(work, "network.onnx");
ModelDescription description;
using (var model = args.Length > 1 ? ModelFile.Load(args[1], out description) : ModelFile.LoadBuiltIn(out description))
{
    // ML.NET hands over one picture at a time, and wants to know its size.
    int size = description.Preprocessing!.CropSize;
    model.ExportOnnx(onnx, new OnnxExportOptions { Softmax = true, BatchSize = 1, InputHeight = size, InputWidth = size });
}

// From here on nothing needs torch. Pictures are prepared as the network was trained: the same pixels as everywhere in this library.
var preprocessing = description.Preprocessing;
int side = preprocessing.CropSize;
string[] files = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
var ml = new MLContext(seed: 0);
var schema = SchemaDefinition.Create(typeof(Picture));
schema[nameof(Picture.Pixels)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3, side, side);
var pictures = ml.Data.LoadFromEnumerable(files.Select(Prepare), schema);
var pipeline = ml.Transforms.CopyColumns("images", nameof(Picture.Pixels)).Append(ml.Transforms.ApplyOnnxModel("probabilities", "images", onnx));

var answers = pipeline.Fit(pictures).Transform(pictures);
foreach (var (index, scores) in answers.GetColumn<float[]>("probabilities").Index())
{
    int best = scores.IndexOf(scores.Max());
    Console.WriteLine($"{scores[best],6:P1}  {description.Labels?[best] ?? $"class {best}",-12}{Path.GetFileName(files[index])}");
}

Directory.Delete(work, recursive: true);

Picture Prepare(string file)
{
    var picture = new Picture { Pixels = new float[3 * side * side] };
    ImageTensor.WriteTo(picture.Pixels, preprocessing.Apply(ImageDecoder.Decode(file)), preprocessing.Normalization);
    return picture;
}

static string DrawPictures(string folder)
{
    Directory.CreateDirectory(folder);
    var shapes = new SyntheticShapes(count: 6);
    for (int i = 0; i < shapes.Count; i++)
    {
        ImageEncoder.SavePng(shapes.Read(i).Image, Path.Combine(folder, $"shape {i}.png"));
    }

    return folder;
}

/// <summary>A row of the pipeline.</summary>
internal sealed class Picture
{
    public float[] Pixels { get; set; } = [];
}
