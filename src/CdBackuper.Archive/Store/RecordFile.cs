using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CdBackuper.Archive.Store;

/// <summary>Reads the archive's records: JSON files that another process, a crash or a person may have changed or taken away.</summary>
public static class RecordFile
{
    /// <param name="path">The file.</param>
    /// <param name="type">What it should hold.</param>
    /// <param name="maxBytes">A longer file is none of ours, and not read.</param>
    /// <returns>What it holds; null where it is not there or not what it should be.</returns>
    /// <exception cref="IOException">The archive can't be read.</exception>
    public static T? Load<T>(string path, JsonTypeInfo<T> type, long maxBytes)
        where T : class
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: 0 })
            {
                return null; // also a pipe, whose opening waits for somebody who writes
            }

            using var stream = File.OpenRead(path);
            return stream.Length <= maxBytes ? JsonSerializer.Deserialize(stream, type) : null;
        }
        catch (Exception problem) when (problem is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
