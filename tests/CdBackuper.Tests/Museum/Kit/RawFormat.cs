using CdBackuper.Media.Images;
using CdBackuper.Media.Sectors;
using CdBackuper.Tests.Images;

namespace CdBackuper.Tests.Museum;

/// <summary>Images that describe themselves: their own bytes tell where the sectors are.</summary>
/// <param name="Name">As it is called on the command line and in the museum.</param>
/// <param name="Corpus">Patterns of files of the corpus.</param>
/// <param name="MakeFiles">Makes images that need no corpus.</param>
/// <param name="TryOpen">Reads the description; null where the file is of another kind.</param>
internal sealed record RawFormat(
    string Name, string[] Corpus, Func<IEnumerable<byte[]>> MakeFiles, Func<IByteSource, SheetLog, IImageSheet?> TryOpen)
    : HostileFormat(Name, Corpus, () => MakeFiles().Select(file => Shrink(new MemoryBytes(file), TryOpen)))
{
    private const long LongestFile = 200 << 20;

    public override IReadOnlyList<string> Check(byte[] input, int seed)
    {
        var log = new SheetLog();
        var file = new SparseFile(SparseImage.Parse(input));
        if (TryOpen(file, log) is not { } sheet || SoundLayout.Check(sheet, [file], log) is not { } sectors)
        {
            return [];
        }

        return [.. SoundReading.Check(sectors, seed).SelectMany(volume => volume.Damages).Select(damage => damage.Id).Distinct()];
    }

    public override byte[] Mutate(byte[] input, Random random) =>
        SparseMutation.Change(SparseImage.Parse(input), random).ToBytes();

    public override IEnumerable<byte[]> Shrink(byte[] input) =>
        SparseMutation.Shrink(SparseImage.Parse(input)).Select(image => image.ToBytes());

    public override byte[]? Convert(string path) =>
        new FileInfo(path).Length > LongestFile ? null : Shrink(new MemoryBytes(File.ReadAllBytes(path)), TryOpen);

    private static byte[] Shrink(IByteSource file, Func<IByteSource, SheetLog, IImageSheet?> open) => TracedFile.Shrink(
        file,
        traced =>
        {
            var log = new SheetLog();
            if (open(traced, log) is { } sheet && SoundLayout.Check(sheet, [traced], log) is { } sectors)
            {
                SoundReading.Check(sectors, 0);
            }
        },
        MostSeedBytes).ToBytes();
}
