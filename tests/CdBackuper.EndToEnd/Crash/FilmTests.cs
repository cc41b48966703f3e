using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd.Crash;

/// <summary>
/// An import of a Video CD is disturbed, whose film misses a sector, so that all that is kept beside the image stays. The next one ends
/// in the same archive as one that was never disturbed.
/// </summary>
public sealed class FilmTests
{
    private const int FilmPacks = 60;

    [Theory]
    [InlineData("kill")]
    [InlineData("tear")]
    [InlineData("power cut")]
    public void A_film_survives_a_crash_at_any_point(string action)
    {
        using var bench = new Bench();
        var archives = 0;
        string Archive() => bench.Folder.NewFolder($"archive-{Interlocked.Increment(ref archives)}");
        VideoCd.Make(bench, FilmPacks);
        var image = File.ReadAllBytes(bench.Folder["disc.bin"]);
        image[((VideoCd.FirstSector + 50) * RawImages.SectorSize) + 1500] ^= 8;
        bench.Folder.Write("disc.bin", image);
        string[] Arguments(string archive) => ["import", bench.Folder["disc.cue"], "--archive", archive];

        var whole = Archive();
        var log = bench.Folder["calls.log"];
        var (result, count) = Tripwire.Run(bench.Node(), Arguments(whole), whole, log: log);
        result.Expect(3);
        var undisturbed = ArchiveFacts.Of(whole);
        Assert.Contains(undisturbed, fact => fact.Contains("disc.form2.mapfile", StringComparison.Ordinal));
        var calls = DiskCall.ReadAll(log);

        CrashPoints.Try($"film, {action}", CrashPoints.Of(count), point =>
        {
            var archive = Archive();
            if (action == "power cut")
            {
                var disk = new CutDisk(archive);
                foreach (var call in calls.Where(call => call.Number < point))
                {
                    disk.Do(call);
                }

                disk.CutTo(archive, new Random(point));
            }
            else
            {
                Tripwire.Run(bench.Node(), Arguments(archive), archive, point, action);
            }

            Recovery.Age(archive);
            var again = bench.Node().Run(Arguments(archive));
            return [.. again.ExitCode == 3 ? [] : (string[])[$"the next import: {again}"], .. ArchiveFacts.Difference(undisturbed, ArchiveFacts.Of(archive))];
        });
    }
}
