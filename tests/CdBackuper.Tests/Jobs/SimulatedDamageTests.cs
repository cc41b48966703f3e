using CdBackuper.Jobs;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Jobs;

public sealed class SimulatedDamageTests
{
    [Fact]
    public void A_mapfile_also_behind_a_link_says_what_reads()
    {
        using var folder = new TempFolder().With("map", "0 +\n0 0x1000 +\n0x1000 0x800 -\n");
        File.CreateSymbolicLink(folder["link"], folder["map"]);
        foreach (var path in new[] { folder["map"], folder["link"] })
        {
            Assert.Equal([new(0, 0x1000)], SimulatedDamage.TryLoad(path, out _)!.Readable);
        }
    }

    [Fact]
    public void What_can_not_be_read_anew_for_each_pass_is_refused_without_reading_it()
    {
        Tool.Require("mkfifo");
        using var folder = new TempFolder();
        Tool.Run("mkfifo", folder["pipe"]);
        foreach (var path in new[] { folder["pipe"], folder[""], "/dev/zero" })
        {
            Assert.Null(SimulatedDamage.TryLoad(path, out var problem));
            Assert.StartsWith("it is not a regular file", problem, StringComparison.Ordinal);
        }

        Assert.Null(SimulatedDamage.TryLoad(folder["missing"], out var none));
        Assert.Equal("it does not exist", none);
    }
}
