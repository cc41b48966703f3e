using System.Text;
using CdBackuper.Media.Images;
using CdBackuper.Media.Sectors;
using CdBackuper.Tests.Images;

namespace CdBackuper.Tests.Museum;

/// <summary>Texts that describe an image.</summary>
/// <param name="Name">As it is called on the command line and in the museum.</param>
/// <param name="Corpus">Patterns of files of the corpus.</param>
/// <param name="Example">A text with much of what such texts can have.</param>
/// <param name="Read">Reads the text.</param>
internal sealed record SheetFormat(string Name, string[] Corpus, string Example, Func<byte[], SheetLog, IImageSheet> Read)
    : HostileFormat(Name, Corpus, () => [Encoding.UTF8.GetBytes(Example)])
{
    private const int MostChanges = 6;
    private const int MostCopied = 60;
    private const int LongestFile = 300_000;

    public override IReadOnlyList<string> Check(byte[] input, int seed)
    {
        var log = new SheetLog();
        var sheet = Read(input, log);
        var random = new Random(seed);
        var files = sheet.FileNames.Select(IByteSource? (_) => random.Next(5) == 0 ? null : new MemoryBytes(new byte[random.Next(LongestFile)])).ToList();
        if (SoundLayout.Check(sheet, files, log) is { } sectors)
        {
            sectors.TryRead(0, new byte[Sector.Size]);
            sectors.TryRead(random.Next(1000), new byte[3 * Sector.Size]);
            sectors.TryRead(sectors.SectorCount - 1, new byte[Sector.Size]);
        }

        return [];
    }

    public override byte[] Mutate(byte[] input, Random random)
    {
        var changed = input.ToList();
        for (var count = random.Next(1, MostChanges); count > 0 && changed.Count > 0; count--)
        {
            var place = random.Next(changed.Count);
            switch (random.Next(5))
            {
                case 0:
                    changed[place] = (byte)random.Next(256);
                    break;
                case 1:
                    changed[place] = (byte)"0123456789:\"\n #{}-=["[random.Next(20)];
                    break;
                case 2:
                    changed.RemoveRange(place, Math.Min(random.Next(MostCopied), changed.Count - place));
                    break;
                case 3:
                    changed.InsertRange(place, "9999999999999999"u8[..random.Next(16)].ToArray());
                    break;
                default:
                    changed.InsertRange(place, changed.GetRange(place, Math.Min(random.Next(MostCopied), changed.Count - place)));
                    break;
            }
        }

        return [.. changed];
    }

    public override IEnumerable<byte[]> Shrink(byte[] input)
    {
        for (var part = input.Length / 2; part > 0; part /= 2)
        {
            for (var first = 0; first < input.Length; first += part)
            {
                yield return [.. input[..first], .. input[Math.Min(input.Length, first + part)..]];
            }
        }
    }

    public override byte[]? Convert(string path) => new FileInfo(path).Length > MostSeedBytes ? null : File.ReadAllBytes(path);
}
