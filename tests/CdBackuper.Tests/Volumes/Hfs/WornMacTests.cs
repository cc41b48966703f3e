using System.Buffers.Binary;
using System.Globalization;
using CdBackuper.Media.Sectors;
using CdBackuper.Media.Volumes;

namespace CdBackuper.Tests.Volumes.Hfs;

/// <summary>Volumes of HFS+ that were worked with before they were burnt: free parts of their catalogs hold records of files that are gone.</summary>
public sealed class WornMacTests
{
    private const int Patterns = 60;

    public static TheoryData<int, int, bool> Wear => [.. from nodeSize in new[] { 4096, 8192 } from seed in Enumerable.Range(1, 4) select (nodeSize, seed, seed % 2 == 0)];

    [Theory]
    [MemberData(nameof(Wear))]
    public void Whatever_is_lost_of_a_worn_catalog_no_record_of_old_is_a_whole_file_unless_said(int nodeSize, int seed, bool isBlank)
    {
        var (made, bytes) = Make(nodeSize, seed);
        var intact = new ScratchedDisc(bytes).Read();
        Assert.Empty(intact.Damages);
        Assert.DoesNotContain(intact.Entries, IsOld);
        var random = new Random(seed);
        var (wrong, missing, doubted) = (new List<string>(), new List<string>(), 0);
        for (var pattern = 0; pattern < Patterns; pattern++)
        {
            long[] lost = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => (made.CatalogAt + random.Next(made.CatalogLength)) / (long)Sector.Size)];
            lost = pattern % 4 == 0 ? [.. lost, made.CatalogAt / Sector.Size] : lost;
            var volume = (isBlank ? new ScratchedDisc([.. bytes]).Blank(lost) : new ScratchedDisc(bytes).Without(lost)).Read();
            var doubt = string.Join('\n', volume.Damages.Where(damage => damage.Id == DamageIds.HfsRecordDoubtful).Select(damage => damage.Detail));
            doubted += doubt.Length > 0 ? 1 : 0;
            Assert.True(doubt.Length == 0 || volume.IsIncomplete);
            wrong.AddRange(volume.Entries.Where(entry => IsOld(entry) && entry.Extents is not null && !doubt.Contains($"\"{entry.Name}\"", StringComparison.Ordinal))
                .Select(entry => $"{pattern} ({string.Join(' ', lost)}): {entry.Name}"));
            missing.AddRange(Missing(made, intact, volume, lost, nodeSize).Select(name => $"{pattern} ({string.Join(' ', lost)}): {name}"));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{wrong.Count} of old, {missing.Count} missing, {doubted} patterns with doubt");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(2048)]
    [InlineData(4096)]
    [InlineData(8192)]
    public void The_size_of_a_node_is_guessed_though_the_middle_of_one_looks_like_the_end_of_another(int nodeSize)
    {
        var made = new PlusDisc(blockSize: 2048, nodeSize: nodeSize);
        foreach (var number in Enumerable.Range(0, 60))
        {
            made.File(PlusDisc.Root, $"file {Text(number)}", new() { Content = [1] });
        }

        // a half of a node that has what a node ends with, and one that begins with what could be a node's kind and number of records
        var bytes = made.Build();
        var middle = made.CatalogAt + (3 * nodeSize) + (nodeSize / 2);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(middle - 2), 14);
        ((byte[])[0, 12, 0, 2, 3, 4, 5, 6, 0, 7, 0, 9, 8, 1]).CopyTo(bytes, middle);
        var intact = new ScratchedDisc(bytes).Read();
        var volume = new ScratchedDisc(bytes).Without(made.CatalogAt / Sector.Size).Read();
        Assert.True(volume.Entries.Count(entry => entry.Extents is not null) > intact.Entries.Count * 3 / 4, $"{volume.Entries.Count} of {intact.Entries.Count}");
        Assert.DoesNotContain(volume.Damages, damage => damage.Id == DamageIds.HfsRecordDoubtful && nodeSize > 2048);
    }

    private static (PlusDisc Made, byte[] Bytes) Make(int nodeSize, int seed)
    {
        var made = new PlusDisc(blockSize: 2048, nodeSize: nodeSize) { Wear = seed };
        var folders = Enumerable.Range(0, 5).Select(number => made.Folder(PlusDisc.Root, $"folder {Text(number)}")).ToArray();
        foreach (var number in Enumerable.Range(0, 160))
        {
            made.File(folders[number % 5], $"file {Text(number)}", new() { Content = new byte[100 + number] });
            made.Deleted(folders[number % 5], $"gone {Text(number)}", new() { Content = new byte[3000 + number] });
            made.Deleted(folders[number % 5], $"file {Text(number)} of old", new() { Content = new byte[3000 + number] });
        }

        return (made, made.Build());
    }

    /// <returns>The files of whose records no byte is lost, yet that are not there.</returns>
    private static IEnumerable<string> Missing(PlusDisc made, IVolume intact, IVolume volume, long[] lost, int nodeSize)
    {
        var found = volume.Entries.Where(entry => entry.Extents is not null).ToLookup(entry => entry.Name);
        foreach (var file in intact.Entries.Where(entry => entry.Kind == EntryKind.File))
        {
            var record = made.Records[file.Name];
            var node = record.Start / nodeSize * nodeSize;
            bool IsLost(ByteRange range) => lost.Any(sector => ByteRange.OfSectors(sector, 1).Intersect(range).Length > 0);
            bool IsHit(long from, long length) => IsLost(new(made.CatalogAt + from, length));

            // without what stands before it, and the table, nobody knows where in a node a record begins
            var isLost = IsHit(record.Start, record.Length) || (IsHit(node, record.Start - node) && IsHit(node + nodeSize - 600, 600));
            if (!isLost && !found[file.Name].Any(entry => entry.Extents!.SequenceEqual(file.Extents!)))
            {
                yield return file.Name;
            }
        }
    }

    private static bool IsOld(FileEntry entry) => entry.Name.StartsWith("gone", StringComparison.Ordinal) || entry.Name.EndsWith("old", StringComparison.Ordinal);

    private static string Text(int number) => number.ToString("d3", CultureInfo.InvariantCulture);
}
