using CdBackuper.Linux.Files;
using CdBackuper.Media.Rescue;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Jobs;

/// <summary>Damage that a mapfile describes and the disc does not have: for demonstrations and tests.</summary>
/// <param name="MapPath">The mapfile, for ddrescue's own passes (its --test-mode).</param>
/// <param name="Readable">What it calls read, for our own reads; everything else is unreadable.</param>
internal sealed record SimulatedDamage(string MapPath, ByteSet Readable)
{
    /// <returns>Null when there is no mapfile at <paramref name="mapPath"/>; <paramref name="problem"/> then says why.</returns>
    public static SimulatedDamage? TryLoad(string mapPath, out string problem)
    {
        problem = !Path.Exists(mapPath) ? "it does not exist" : "it is not a regular file, and GNU ddrescue reads it anew for each pass";
        return FileCalls.IsRegularFile(mapPath) && MapfileText.TryParse(File.ReadAllText(mapPath), out var map, out problem)
            ? new(Path.GetFullPath(mapPath), map.Finished)
            : null;
    }
}
