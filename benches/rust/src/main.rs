//! Measures the core beside contenders written by hand; each command prints one line of JSON. Driven by `benches/run.py`.

mod kernel;
mod persons;
mod rulebook;
mod rules;
mod timing;
mod width;
mod worker;

const USAGE: &str = "usage: sitthi-bench compile FILE | rules FOLDER RUNS | width ROWS RUNS | worker RUNS";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize| arguments.get(place).and_then(|text| text.parse::<f64>().ok()).expect(USAGE) as usize;
    match arguments.first().map(String::as_str) {
        Some("compile") => std::fs::write(&arguments[1], rulebook::six_rules().book().to_bytes().unwrap()).unwrap(),
        Some("rules") => println!("{}", rules::measure(arguments[1].as_ref(), number(2))),
        Some("width") => println!("{}", width::measure(number(1), number(2))),
        Some("worker") => println!("{}", worker::measure(number(1))),
        _ => panic!("{USAGE}"),
    }
}
