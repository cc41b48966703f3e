using CdBackuper.Media.Sectors;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Museum;

/// <summary>File systems on the sectors of a disc, as <see cref="SparseImage"/>.</summary>
internal sealed record DiscFormat(string Name, string[] Corpus, Func<IEnumerable<ISectorSource>> MakeDiscs)
    : HostileFormat(Name, Corpus, () => MakeDiscs().Select(disc => TracedSectors.Shrink(disc, MostSeedBytes).ToBytes()))
{
    public override IReadOnlyList<string> Check(byte[] input, int seed) =>
        [.. SoundReading.Check(new SparseDisc(SparseImage.Parse(input)), seed)
            .SelectMany(volume => volume.Damages).Select(damage => damage.Id).Distinct()];

    public override byte[] Mutate(byte[] input, Random random) =>
        SparseMutation.Change(SparseImage.Parse(input), random).ToBytes();

    public override IEnumerable<byte[]> Shrink(byte[] input) =>
        SparseMutation.Shrink(SparseImage.Parse(input)).Select(image => image.ToBytes());

    public override byte[]? Convert(string path)
    {
        using var image = new ImageFile(path);
        return image.SectorCount > SparseImage.MaxUnits ? null : TracedSectors.Shrink(image, MostSeedBytes).ToBytes();
    }
}
