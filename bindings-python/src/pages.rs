//! Large pages for results: of a result of millions of rows, half the time goes into being given its memory in small ones.

/// Below it a large page has no room.
#[cfg(target_os = "linux")]
const LEAST: usize = 512 * 1024;
/// Where advice may begin.
#[cfg(target_os = "linux")]
const PAGE: usize = 4096;

/// Advises that memory which is not written yet comes in large pages.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "the system is told of memory by its address")]
pub fn large(memory: &mut [u8]) {
    if memory.len() < LEAST {
        return;
    }
    let start = memory.as_mut_ptr();
    // From the page in which it begins: results lie side by side, and pages are joined across them.
    let before = start.addr() % PAGE;
    // SAFETY: advice changes no content, also not of what else stands in the first page; where it cannot be followed nothing happens.
    unsafe {
        libc::madvise(
            start.wrapping_sub(before).cast(),
            memory.len().saturating_add(before),
            libc::MADV_HUGEPAGE,
        );
    }
}

/// Other systems decide for themselves.
#[cfg(not(target_os = "linux"))]
pub fn large(_: &mut [u8]) {}
