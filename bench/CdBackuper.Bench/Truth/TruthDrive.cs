using System.Diagnostics;
using System.Globalization;
using CdBackuper.Bench.Rescue;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Bench.Truth;

/// <summary>One insertion of a disc: a mounted file behind which the model drive sits.</summary>
internal sealed class TruthDrive : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly Process server;
    private readonly string log;

    /// <param name="folder">Where it appears; made anew.</param>
    /// <param name="disc">What lies in it.</param>
    /// <param name="damage">What of the disc it does not read, or not at once.</param>
    /// <param name="sectors">How long it says the disc is.</param>
    public TruthDrive(string folder, TruthDisc disc, Dictionary<long, int> damage, long sectors)
    {
        Directory.CreateDirectory(folder);
        (Path, log) = (System.IO.Path.Combine(folder, "drive"), System.IO.Path.Combine(folder, "log"));
        var damagePath = System.IO.Path.Combine(folder, "damage");
        File.Delete(log);
        File.WriteAllText(Path, "");
        DamageFile.Store(damagePath, damage);
        string[] drive = [Environment.ProcessPath!, "drive", disc.Path, damagePath, log, sectors.ToString(CultureInfo.InvariantCulture)];
        server = Process.Start(new ProcessStartInfo("nbdfuse", [Path, "--command", .. drive]) { RedirectStandardError = true })!;
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        Wait(() => new FileInfo(Path).Length > 0, $"{Path} is not mounted");
    }

    public string Path { get; }

    /// <summary>Takes the disc out.</summary>
    /// <returns>Which sectors the drive gave.</returns>
    public HashSet<long> End()
    {
        Tool.Run("fusermount3", "-u", Path);

        // The drive ends, and leaves its notes, after nbdfuse.
        Wait(() => File.Exists(log), $"{log} does not come");
        server.WaitForExit();
        var given = new HashSet<long>();
        foreach (var line in File.ReadLines(log))
        {
            var parts = line.Split('\t');
            var (start, length) = (long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture));
            for (var sector = start / Sector.Size; sector < Sector.Count(start + length); sector++)
            {
                given.Add(sector);
            }
        }

        return given;
    }

    public void Dispose()
    {
        if (!server.HasExited)
        {
            Tool.TryRun("fusermount3", ["-u", "-z", Path], new Dictionary<string, string?>());
            server.WaitForExit(Limit);
        }

        server.Dispose();
    }

    private static void Wait(Func<bool> condition, string otherwise)
    {
        if (!SpinWait.SpinUntil(condition, Limit))
        {
            throw new TimeoutException(otherwise);
        }
    }
}
