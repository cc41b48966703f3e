using System.Security.Cryptography;
using System.Text;
using CdBackuper.Media.Identity;
using CdBackuper.Media.Sectors;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Identity;

public sealed class FingerprintTests
{
    private const int Sectors = 400;

    // what is done to the disc that is put in, after one like it was recorded
    [Theory]
    [InlineData("nothing", Sameness.Same)]
    [InlineData("another drive counts two sectors more", Sameness.Same)]
    [InlineData("one sampled sector differs", Sameness.Other)]
    [InlineData("one descriptor differs", Sameness.Other)]
    [InlineData("same descriptors and other content", Sameness.Other)]
    [InlineData("a sector that was not sampled differs", Sameness.Same)]
    [InlineData("the descriptors are unreadable", Sameness.Same)]
    [InlineData("half of the samples are unreadable", Sameness.Same)]
    [InlineData("three samples are readable", Sameness.Unsure)]
    [InlineData("four samples are readable", Sameness.Same)]
    [InlineData("nothing is readable", Sameness.Unsure)]
    [InlineData("all is readable again but shorter", Sameness.Same)]
    public void A_disc_is_compared_with_what_was_recorded(string change, Sameness expected)
    {
        var original = Disc(seed: 1);
        var samples = SamplesOf(original);
        var compared = Enumerable.Range(0, 32).Select(index => samples[index * 63 / 31].Sector).ToArray();
        var sampled = samples.Select(sample => sample.Sector).ToArray();
        var disc = Disc(seed: 1);
        disc = change switch
        {
            "another drive counts two sectors more" => new([.. disc.Bytes, .. new byte[2 * Sector.Size]]),
            "one sampled sector differs" => Changed(disc, compared[7]),
            "one descriptor differs" => Changed(disc, 16),
            "same descriptors and other content" => new([.. disc.Bytes[..(32 * Sector.Size)], .. Disc(seed: 2).Bytes[(32 * Sector.Size)..]]),
            "a sector that was not sampled differs" => Changed(disc, Enumerable.Range(32, 300).First(at => at != 256 && !compared.Contains(at))),
            "the descriptors are unreadable" => disc.Without([.. DiscEvidence.AnchorSectors]),
            "half of the samples are unreadable" => disc.Without([.. sampled.Where((_, index) => index % 2 == 0)]),
            "three samples are readable" => disc.Without([.. sampled.Skip(3)]),
            "four samples are readable" => disc.Without([.. sampled.Skip(4)]),
            "nothing is readable" => disc.Without([.. Enumerable.Range(0, Sectors)]),
            "all is readable again but shorter" => new(disc.Bytes[..(390 * Sector.Size)]),
            _ => disc,
        };

        var known = new DiscEvidence { Anchors = Fingerprint.TakeAnchors(original, []) };
        Assert.Equal(expected, Compare(disc, known, samples));
    }

    [Fact]
    public void A_drive_that_reads_differently_each_time_proves_nothing()
    {
        var original = Disc(seed: 1);
        var samples = SamplesOf(original);
        var fickle = new FickleDisc(Disc(seed: 1), samples[0].Sector);
        Assert.Equal(Sameness.Same, Compare(fickle, new(), samples));
        Assert.True(fickle.Reads > 1);
    }

    [Fact]
    public void What_lies_beside_the_samples_of_an_image_is_compared_too()
    {
        var original = Disc(seed: 1);
        var samples = SamplesOf(original).Where((_, index) => index % 4 == 0).ToArray();
        var between = Enumerable.Range(32, 300).Where(at => at != 256 && samples.All(sample => sample.Sector != at)).ToArray();
        var other = Changed(Disc(seed: 1), between[77]);
        Assert.Equal(Sameness.Same, Compare(other, new(), samples));
        Assert.Equal(Sameness.Other, SamenessRule.Judge(CompareAround(other, original, samples)).Sameness);
        Assert.Equal(Sameness.Same, SamenessRule.Judge(CompareAround(Disc(seed: 1), original, samples)).Sameness);

        // What of it can't be read proves nothing, and is not asked for for long.
        var scratched = new CountedReads(Disc(seed: 1).Without([.. between.Select(at => (long)at)]));
        Assert.Equal(Sameness.Same, SamenessRule.Judge(CompareAround(scratched, original, samples)).Sameness);
        Assert.Equal(4, scratched.Failures);
    }

    [Fact]
    public void A_sector_that_reads_differently_each_time_is_told()
    {
        var original = Disc(seed: 1);
        var samples = SamplesOf(original).Where((_, index) => index % 4 == 0).ToArray();
        Assert.Null(CompareAround(Disc(seed: 1), original, samples).UnsteadySector);
        Assert.Null(CompareAround(Changed(Disc(seed: 1), samples[3].Sector), original, samples).UnsteadySector);
        foreach (var sector in (long[])[samples[3].Sector, samples[3].Sector + 1])
        {
            Assert.Equal(sector, CompareAround(new FickleDisc(Disc(seed: 1), sector), original, samples).UnsteadySector);
        }
    }

    [Fact]
    public void A_descriptor_or_root_directory_that_reads_differently_each_time_is_told_and_makes_no_other_disc()
    {
        var original = Disc(seed: 1);
        var session = new SessionProof(0, 300, 20, Convert.ToHexStringLower(SHA256.HashData(original.Bytes.AsSpan(20 * Sector.Size, 2 * Sector.Size))), 2);
        var known = new DiscEvidence { Anchors = Fingerprint.TakeAnchors(original, []), Sessions = [session] };
        foreach (var sector in (long[])[16, 21, 256])
        {
            var facts = new DiscComparison(new(new FickleDisc(Disc(seed: 1), sector)), new()).Compare(known, SamplesOf(original));
            Assert.Equal((sector, 0), (facts.UnsteadySector, facts.Descriptors.Differing));
        }
    }

    [Fact]
    public void A_disc_that_hardly_reads_is_not_tried_for_hours()
    {
        var original = Disc(seed: 1);
        var probe = new DiscProbe(Disc(seed: 1).Without([.. Enumerable.Range(0, Sectors)]));
        for (var count = 0; count < 8; count++)
        {
            new DiscComparison(probe, new()).Compare(new() { Anchors = Fingerprint.TakeAnchors(Disc(seed: count), []) }, SamplesOf(original));
        }

        Assert.InRange(probe.BadReads, 64, DiscProbe.MaxBadReads);
    }

    [Fact]
    public void A_scratched_head_is_left_between_two_reads_and_after_as_many_failures_as_it_is_worth()
    {
        using var stop = new CancellationTokenSource();
        var lost = Disc(seed: 1).Without([.. Enumerable.Range(0, 20)]);
        var probe = new DiscProbe(lost, maxBadReads: 3, cancellationToken: stop.Token);
        Assert.Empty(Fingerprint.TakeAnchors(probe, []));
        Assert.Equal(3, probe.BadReads);

        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Fingerprint.TakeAnchors(new DiscProbe(lost, cancellationToken: stop.Token), []));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 2, 0)]
    [InlineData(0, 0, 0xFF)]
    public void Blank_discs_are_not_told_apart_and_so_not_mixed(int seed, int other, byte filling)
    {
        var first = Blank(seed, filling);
        var second = Blank(other, filling);
        Assert.Empty(Fingerprint.TakeAnchors(first, []));
        Assert.Empty(SamplesOf(first));
        Assert.Equal(Sameness.Unsure, Compare(second, new(), SamplesOf(first)));
    }

    [Fact]
    public void Samples_are_spread_over_what_was_read_and_never_taken_of_the_rest()
    {
        var disc = Disc(seed: 3);
        var read = ByteSet.Of(ByteRange.OfSectors(10, 40), ByteRange.OfSectors(200, 150), new ByteRange(390 * 2048, 1000));
        var samples = Fingerprint.TakeSamples(disc, read, Fingerprint.SampleCount);
        Assert.Equal(Fingerprint.SampleCount, samples.Count);
        Assert.All(samples, sample => Assert.True(read.Contains(ByteRange.OfSectors(sample.Sector, 1))));
        Assert.Equal(samples, samples.OrderBy(sample => sample.Sector).DistinctBy(sample => sample.Sector));
        Assert.InRange(samples.Count(sample => sample.Sector >= 200), 45, 55);
        Assert.Equal(samples, Fingerprint.TakeSamples(disc, read, Fingerprint.SampleCount));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void A_short_disc_has_as_many_samples_as_sectors(int count) => Assert.Equal(
        count, Fingerprint.TakeSamples(Disc(seed: 4), ByteSet.Of(ByteRange.OfSectors(100, count)), Fingerprint.SampleCount).Count);

    private static Sameness Compare(ISectorSource disc, DiscEvidence known, IReadOnlyList<SectorProof> samples) =>
        SamenessRule.Judge(new DiscComparison(new(disc), new()).Compare(known, samples)).Sameness;

    private static IdentityFacts CompareAround(ISectorSource disc, ScratchedDisc image, IReadOnlyList<SectorProof> samples)
    {
        return new DiscComparison(new(disc), new()).Compare(new(), samples, earlier: new KeptImage(image));
    }

    private sealed class KeptImage(ScratchedDisc image) : IEarlierReading
    {
        public IEnumerable<SectorProof> Neighbours(SectorProof sample) =>
            Fingerprint.TakeNeighbours(image, ByteSet.Of(ByteRange.OfSectors(0, image.SectorCount)), sample);

        public bool IsArchived(long sector, byte[] bytes) => false;
    }

    private sealed class CountedReads(ScratchedDisc disc) : ISectorSource
    {
        public int Failures { get; private set; }

        public long SectorCount => disc.SectorCount;

        public bool TryRead(long sector, Span<byte> buffer)
        {
            var isRead = disc.TryRead(sector, buffer);
            Failures += isRead ? 0 : 1;
            return isRead;
        }
    }

    /// <summary>A disc one sector of which reads differently each time.</summary>
    private sealed class FickleDisc(ScratchedDisc disc, long fickle) : ISectorSource
    {
        public int Reads { get; private set; }

        public long SectorCount => disc.SectorCount;

        public bool TryRead(long sector, Span<byte> buffer)
        {
            var isRead = disc.TryRead(sector, buffer);
            if (sector == fickle)
            {
                buffer[Reads++] ^= 1;
            }

            return isRead;
        }
    }

    private static ScratchedDisc Disc(int seed)
    {
        var bytes = new byte[Sectors * Sector.Size];
        new Random(seed).NextBytes(bytes);
        Encoding.ASCII.GetBytes("\u0001CD001").CopyTo(bytes.AsSpan(16 * Sector.Size));
        return new(bytes);
    }

    private static ScratchedDisc Blank(int seed, byte filling)
    {
        var bytes = new byte[(Sectors + seed) * Sector.Size];
        Array.Fill(bytes, filling);
        return new(bytes);
    }

    private static ScratchedDisc Changed(ScratchedDisc disc, long sector)
    {
        disc.Bytes[(sector * Sector.Size) + 5] ^= 1;
        return disc;
    }

    private static IReadOnlyList<SectorProof> SamplesOf(ScratchedDisc disc) => Fingerprint.TakeSamples(
        disc, ByteSet.Of(ByteRange.OfSectors(0, disc.SectorCount)), Fingerprint.SampleCount);
}
